import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Pins } from '../lib/registry/pins';
import { pinsFile } from '../stacks/pins/read-pins';
import { ROOT } from './pulumi-stack';
import { writeDist } from './write-dist';

/** Writes the pins of an environment, by name, and dist/ with them; says what to commit. */
export async function declarePins(environment: string, pins: Pins, message: string): Promise<void> {
  const file = join(ROOT, pinsFile(environment));
  const sorted = Object.fromEntries(Object.entries(pins).sort(([one], [other]) => one.localeCompare(other)));
  if (Object.keys(sorted).length === 0) rmSync(file, { force: true });
  else {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `${JSON.stringify(sorted, undefined, 2)}\n`);
  }
  if (!(await writeDist()))
    console.error(`${pinsFile(environment)} is written, and dist/ is not whole: mend that, then: npm run synth`);
  console.error(`Commit it: git add -A stacks/pins dist && git commit -m '${message.replaceAll("'", "'\\''")}'`);
}
