import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '..');

/** Writes a generated file of this checkout as `npm run format` would have it. @param file - below the root */
export function writeGenerated(file: string, text: string): void {
  const path = join(root, file);
  writeFileSync(path, text);
  execFileSync('npx', ['prettier', '--write', path], { cwd: root, stdio: 'inherit' });
}
