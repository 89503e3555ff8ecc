import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const repository = join(__dirname, '..');

/** A copy of this checkout as it is now, what is not committed among it, in a temporary folder; its dependencies are these here. */
export function copiedCheckout(): string {
  const directory = mkdtempSync(join(tmpdir(), 'csb-checkout-'));
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: repository,
    encoding: 'utf8',
  });
  for (const file of listed
    .trim()
    .split('\n')
    .filter((each) => existsSync(join(repository, each)))) {
    mkdirSync(dirname(join(directory, file)), { recursive: true });
    cpSync(join(repository, file), join(directory, file));
  }
  symlinkSync(join(repository, 'node_modules'), join(directory, 'node_modules'));
  return directory;
}
