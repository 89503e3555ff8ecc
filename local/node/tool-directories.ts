/** What Toolforge's nodes have for pods of tools, beside homes and sssd. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { project } from '../homes';
import { run } from '../run';
import { enter } from './holder';

/** Makes directories and files in the node, also in one that runs already. */
export async function ensureToolDirectories(pid: number): Promise<void> {
  const input = await readFile(join(__dirname, 'tool-directories.sh'), 'utf8');
  const [program = '', ...words] = enter(pid);
  await run(program, [...words, 'bash', '-s', project], { input });
}
