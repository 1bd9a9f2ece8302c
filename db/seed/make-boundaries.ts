/** Writes the boundaries and streets of the demonstration to db/seed/data: `node db/seed/make-boundaries.ts`. */
import { writeFileSync } from 'node:fs';
import { drawBoundaries } from './boundaries.ts';

for (const [name, text] of Object.entries(drawBoundaries())) {
  writeFileSync(new URL(`data/${name}`, import.meta.url), text);
  console.log(`${name}: ${text.length} characters`);
}
