import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts processor time in hundredths of a second whatever the kernel's own tick is (USER_HZ, proc(5)). */
const msPerTick = 10;

interface ProcessTime {
  readonly name: string;
  readonly parent: number;
  /** Own, and of the children that have ended. */
  readonly ownMs: number;
  readonly endedMs: number;
}

function readProcess(pid: number): ProcessTime | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name, in brackets, may hold anything: the fields are counted from behind it, where field 3 (state) begins.
    const fields = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const [, parent = 0] = fields;
    const [user = 0, system = 0, endedUser = 0, endedSystem = 0] = fields.slice(11, 15);
    const name = text.slice(text.indexOf('(') + 1, text.lastIndexOf(')'));
    return { name, parent, ownMs: (user + system) * msPerTick, endedMs: (endedUser + endedSystem) * msPerTick };
  } catch {
    return undefined; // It has ended since it was listed, or this is not Linux.
  }
}

/** The process that started this one; undefined when it cannot be seen. */
export const parentOf = (pid: number): number | undefined => readProcess(pid)?.parent;

/** The name of a process; undefined when there is none of that number here. */
export const nameOf = (pid: number): string | undefined => readProcess(pid)?.name;

/** Processor time of a process so far, in milliseconds; null when it cannot be seen. */
export const processMs = (pid: number): number | null => readProcess(pid)?.ownMs ?? null;

/** Processor time of a process, its living children and those that have ended, in milliseconds; null when it cannot be seen. */
export function familyMs(pid: number): number | null {
  const head = readProcess(pid);
  if (head === undefined) return null;
  const children = readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .map(name => readProcess(Number(name)));
  return children.reduce((sum, child) => (child?.parent === pid ? sum + child.ownMs : sum), head.ownMs + head.endedMs);
}
