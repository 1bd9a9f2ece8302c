/** `node .ci/count.mjs <report.json> <exit code>` prints "PASSED FAILED" of a Vitest run. */
import { readFile } from 'node:fs/promises';

const [file, exitCode] = process.argv.slice(2);
const report = await readFile(file, 'utf8').then(JSON.parse, () => undefined);
const passed = report?.numPassedTests ?? 0;
// A file that does not load fails without failing a test.
const unloaded = (report?.testResults ?? []).filter(
  one => one.status === 'failed' && one.assertionResults.length === 0,
);
const counted = (report?.numFailedTests ?? 0) + unloaded.length;
// An error outside of the tests, or a runner that did not start.
const failed = counted === 0 && exitCode !== '0' ? 1 : counted;
console.log(`${passed} ${failed}`);
