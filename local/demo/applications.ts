/** The applications of the demo tools, and how they get into the tools' homes: once, and never over what a person has changed. */
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { cachePath, statePath } from '../directories';
import { shortHash } from '../hash';
import type { DemoTool } from '../homes';
import { demoTools } from '../homes';
import { run } from '../run';
import { ensureVenv } from './venv';

/** What became of a home's `~/www/python`; `kept`: a person has made or changed it. */
export type HomeOutcome = 'installed' | 'replaced' | 'unchanged' | 'kept';

type Progress = (message: string) => void;

/** Adds to an archive what must be in the home beside the files in `home/`. */
type Addition = (archive: string, tool: DemoTool, progress: Progress) => Promise<void>;

// The same bytes from the same files, whoever checks them out.
const reproducible = ['--sort=name', '--mtime=@0', '--owner=0', '--group=0', '--numeric-owner', '--mode=u=rwX,go=rX'];

const additions: Readonly<Record<(typeof demoTools)[number]['name'], Addition>> = {
  'demo-one': async (archive, tool, progress) => {
    await copyFile(await ensureVenv(tool, progress), archive);
  },
  'demo-two': async (archive) => {
    const distribution = 'fnv1a-1.0';
    const draft = `${archive}.d`;
    await mkdir(join(draft, 'www/python/src'), { recursive: true });
    const file = join(draft, `www/python/src/${distribution}.tar.gz`);
    await run('tar', [
      '--create',
      ...reproducible,
      '--use-compress-program=gzip -n',
      `--file=${file}`,
      `--directory=${folderOf('demo-two')}`,
      distribution,
    ]);
    await run('tar', ['--create', `--file=${archive}`, `--directory=${draft}`, 'www']);
    await rm(draft, { recursive: true });
  },
};

const folderOf = (name: string): string => join(__dirname, name);

/** The hash of all files in a demo tool's folder. */
async function versionOf(name: string): Promise<string> {
  const entries = await readdir(folderOf(name), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const contents = await Promise.all(files.sort().map(async (file) => [basename(file), await readFile(file)]));
  return shortHash(12, ...contents.flat());
}

/** Makes a tool's application unless the cache has it; returns the archive's path. */
async function ensureArchive(tool: (typeof demoTools)[number], version: string, progress: Progress): Promise<string> {
  const archive = cachePath('demo', `${tool.name}-${version}.tar`);
  if (existsSync(archive)) return archive;
  await mkdir(cachePath('demo'), { recursive: true });
  const draft = `${archive}.draft`;
  await additions[tool.name](draft, tool, progress);
  await run('tar', ['--append', ...reproducible, `--file=${draft}`, `--directory=${join(folderOf(tool.name), 'home')}`, 'www']);
  await rename(draft, archive);
  return archive;
}

/** Puts every demo tool's application into its home. */
export async function ensureApplications(progress: Progress): Promise<ReadonlyMap<string, HomeOutcome>> {
  const outcomes = new Map<string, HomeOutcome>();
  for (const tool of demoTools) {
    const version = await versionOf(tool.name);
    const archive = await ensureArchive(tool, version, progress);
    // The directory is ours to enter, the tool only has to stay in it: the path to it may be closed to others.
    const asTool = ['--reuid', String(tool.uid), '--regid', String(tool.uid), '--clear-groups', '--no-new-privs'];
    const command = 'archive=$1 && shift && exec setpriv "$@" <"$archive"';
    const script = await readFile(join(__dirname, 'put-into-home.sh'), 'utf8');
    const words = ['-c', command, 'sh', archive, ...asTool, '--', 'sh', '-c', script, 'put-into-home', version];
    const { stdout } = await run('sh', words, { cwd: statePath('project', tool.name) });
    outcomes.set(tool.name, stdout.trim() as HomeOutcome);
  }
  return outcomes;
}
