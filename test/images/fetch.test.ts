import { chmodSync, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'smol-toml';
import { IMAGE_SCRIPTS } from '../../lib/images/image-scripts';
import { describeInside, inside } from '../buildpacks/shell/namespace';
import { temporaryFolder } from '../buildpacks/shell/temporary-folder';
import { Repository, serve } from './git-server';

const published = temporaryFolder();
const repository = new Repository();
const first = repository.commit({
  Procfile: 'web: run\n',
  'services/web/app.py': '#!/usr/bin/python3\n',
  'services/link': { linkTo: 'web' },
});
const second = repository.commit({ Procfile: 'web: other\n' });
const withSubmodule = repository.commit({ 'vendor/lib': { submodule: first } });
const POINTER = `version https://git-lfs.github.com/spec/v1\noid sha256:${'0'.repeat(64)}\nsize 12345\n`;
const withLarge = repository.commit({
  'large/data.bin': POINTER,
  'large/README': `A pointer of Git LFS begins so:\n${POINTER}`,
  'large/model': POINTER,
});
const described = repository.commit({ 'own/platform-image.json': '{}' });
repository.git('tag', '--annotate', '--message=x', 'v1', first);
repository.publish(published, 'tool.git');

interface Source {
  readonly url: string;
  readonly commit: string;
  readonly folder?: string;
}

/** Runs the step. */
function fetch({ url, commit, folder = '' }: Source) {
  const [work, workspace, control] = [temporaryFolder(), temporaryFolder(), temporaryFolder()];
  // As emptyDir and the step `prepare` leave them.
  for (const each of [work, workspace, control]) chmodSync(each, 0o777);
  const { code, stdout, stderr } = inside({
    command: ['/step'],
    files: { '/step': IMAGE_SCRIPTS.fetch },
    folders: { '/work': work, '/workspace': workspace, '/control': control },
    environment: { HOME: '/tmp', SOURCE_URL: url, SOURCE_COMMIT: commit, SOURCE_FOLDER: folder },
    uid: 61312,
    umask: '077',
  });
  const read = (file: string): string => readFileSync(join(workspace, file), 'utf8');
  return { code, stdout, stderr, work, workspace, control, read, files: readdirSync(workspace).sort() };
}

describeInside('the source of a tool', () => {
  const servers: Record<string, string> = {};
  beforeAll(async () => {
    for (const kind of ['smart', 'dumb'] as const) servers[kind] = `${await serve(kind, published)}/tool.git`;
  });
  const at = (commit: string, folder?: string): Source => ({
    url: servers['smart'] ?? '',
    commit,
    ...(folder !== undefined && { folder }),
  });

  test.each([
    ['smart', 'a later one', second, 'web: other\n'],
    ['smart', 'the first', first, 'web: run\n'],
    ['dumb', 'a later one', second, 'web: other\n'],
    ['dumb', 'the first', first, 'web: run\n'],
  ])('is fetched from a %s server at its commit: %s', (kind, _, commit, text) => {
    const { code, stderr, read, files } = fetch({ url: servers[kind] ?? '', commit });
    expect([code, stderr]).toEqual([0, '']);
    expect(read('Procfile')).toBe(text);
    expect(files).toEqual(['Procfile', 'services']);
  });

  test('is readable by every UID, and keeps its programs and links', () => {
    const { workspace } = fetch(at(first));
    const mode = (file: string): number => statSync(join(workspace, file)).mode & 0o777;
    expect(['Procfile', 'services', 'services/web/app.py'].map(mode)).toEqual([0o644, 0o755, 0o755]);
    expect(readdirSync(join(workspace, 'services/link'))).toEqual(['app.py']);
  });

  test('may be a folder of its repository', () => {
    const { code, files } = fetch(at(first, 'services/web'));
    expect([code, files]).toEqual([0, ['app.py']]);
  });

  test('is named to the exporter, and nothing of git stays', () => {
    const { work, control, stdout } = fetch(at(first));
    expect(parse(readFileSync(join(control, 'project-metadata.toml'), 'utf8'))).toEqual({
      source: { type: 'git', version: { commit: first }, metadata: { repository: servers['smart'] } },
    });
    expect(readdirSync(work)).toEqual(['fetch.log']);
    expect(stdout).toBe(`fetched ${first} of ${servers['smart'] ?? ''}: 2 files\n`);
  });

  test.each([
    ['a commit that nobody pushed', () => at('0'.repeat(40)), `no branch and no tag has the commit ${'0'.repeat(40)}; push it`],
    ['the hash of a tag', () => at(repository.git('rev-parse', 'v1')), 'no branch and no tag has the commit'],
    [
      'a folder that it has not',
      () => at(first, 'services/api'),
      "has no folder 'services/api'; declare one that it has, or none",
    ],
    ['a file as a folder', () => at(first, 'Procfile'), "has no folder 'Procfile'"],
    ['a link as a folder', () => at(first, 'services/link'), "has no folder 'services/link'"],
    ['submodules', () => at(withSubmodule), 'has submodules, which are not fetched; commit their files instead: vendor/lib'],
    ['files in Git LFS', () => at(withLarge, 'large'), 'which are not fetched; commit them as they are: data.bin, model\n'],
    [
      'a descriptor of its own',
      () => at(described, 'own'),
      "has a platform-image.json; remove it, and declare the image's parts",
    ],
  ])('is refused with %s, and why is said', (_, source, message) => {
    const { code, stderr, files } = fetch(source());
    expect([code, stderr, files]).toEqual([1, expect.stringContaining(message), []]);
  });

  test('that is not there is said, with what git said', () => {
    const { code, stderr } = fetch({ url: `${servers['smart'] ?? ''}/none`, commit: first });
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(/none\/' not found[^]*git cannot fetch it .*a source has to be readable/),
    ]);
  });

  test('is read by HTTP only, whatever the declaration was', () => {
    const { code, stderr, control } = fetch({ url: `file://${published}/tool.git`, commit: first });
    expect([code, stderr]).toEqual([1, expect.stringContaining("transport 'file' not allowed")]);
    expect(existsSync(join(control, 'project-metadata.toml'))).toBe(false);
  });
});
