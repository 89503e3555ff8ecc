/** lib/images/steps/look.sh: which commit each branch has, of git servers as they are; what cannot be read is said, and keeps no other from it. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { IMAGE_SCRIPTS } from '../../lib/images/image-scripts';
import { temporaryFolder } from '../buildpacks/shell/temporary-folder';
import { Repository, serve } from './git-server';

const published = temporaryFolder();
const repository = new Repository();
const commit = repository.commit({ Procfile: 'web: run\n' });
repository.git('branch', 'refs/heads/main', commit);
repository.publish(published, 'tool.git');

function look(branches: Readonly<Record<string, { readonly url: string; readonly branch: string }>>) {
  const folder = temporaryFolder();
  for (const each of ['followed', 'heads', 'scripts']) mkdirSync(join(folder, each));
  for (const [image, declared] of Object.entries(branches))
    writeFileSync(join(folder, 'followed', image), JSON.stringify(declared));
  const script = join(folder, 'scripts/look.sh');
  writeFileSync(script, IMAGE_SCRIPTS.look.replace(/(?<=[ "(])\/(followed|heads|scripts)\//g, `${folder}/$1/`));
  const { status, stdout, stderr } = spawnSync('bash', ['--norc', script], { encoding: 'utf8' });
  const head = (image: string): string | undefined => {
    const file = join(folder, 'heads', image);
    return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  };
  return { status, said: stdout + stderr, head };
}

test.each(['smart', 'dumb'] as const)('a %s server', async (kind) => {
  const at = await serve(kind, published);
  const { status, said, head } = look({
    'a.none': { url: `${at}/none.git`, branch: 'main' },
    'b.tool': { url: `${at}/tool.git`, branch: 'main' },
    'c.tool': { url: `${at}/tool.git`, branch: 'other' },
    'e.away': { url: 'http://127.0.0.1:9/tool.git', branch: 'main' },
  });
  expect(status).toBe(0);
  expect(head('b.tool')).toBe(commit);
  for (const each of ['a.none', 'c.tool', 'e.away']) expect(head(each)).toBeUndefined();
  expect(said).toMatch(/^a\.none: \S+\/none\.git cannot be read: .*not found/m);
  expect(said).toMatch(/^c\.tool: \S+\/tool\.git has no branch other$/m);
  expect(said).toMatch(/^e\.away: http:\/\/127\.0\.0\.1:9\/tool\.git cannot be read: /m);
});

test('without images there is nothing to look at', () => {
  expect(look({})).toMatchObject({ status: 0, said: '' });
});
