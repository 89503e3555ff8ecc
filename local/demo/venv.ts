/** The venv of demo-one: made by Debian's own Python, long before there was an image of ours to fit it. */
import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { cachePath } from '../directories';
import { shortHash } from '../hash';
import type { DemoTool } from '../homes';
import { run } from '../run';
import { inPlainDebian } from './plain-debian';

const packages = join(__dirname, 'demo-one/packages.txt');
const script = join(__dirname, 'demo-one/make-venv.sh');
const requirements = join(__dirname, 'demo-one/home/www/python/src/requirements.txt');

/** By the machine's own pip, as it is configured: how Python packages are reached from here is the machine's affair. */
async function downloadWheels(folder: string): Promise<void> {
  const target = ['--python-version=3.11', '--implementation=cp', '--abi=cp311', '--platform=manylinux2014_x86_64'];
  const exactly = ['--only-binary=:all:', '--require-hashes', `--requirement=${requirements}`];
  await run('pip3', ['download', '--quiet', '--disable-pip-version-check', ...target, ...exactly, `--dest=${folder}`]).catch(
    (error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error);
      throw new Error(
        `the wheels of demo-one could not be downloaded. Expected is a pip3 that reaches a package index, ` +
          `perhaps by pip's own configuration (apt-get install python3-pip; pip3 config list). ` +
          `Without demo tools it goes, too: toolforge.demo: false in Pulumi.local.yaml.\n${reason}`,
      );
    },
  );
  await run('cp', [requirements, folder]);
}

/** Makes the venv unless the cache has it; returns the archive's path, which has `www/python/venv` in it. */
export async function ensureVenv({ uid, home }: DemoTool, progress: (message: string) => void): Promise<string> {
  const read = (file: string): Promise<string> => readFile(file, 'utf8');
  const [recipe, wheels, debs] = [await read(script), await read(requirements), await read(packages)];
  const name = `demo-one-venv-${shortHash(12, JSON.stringify([recipe, wheels, debs, uid, home]))}`;
  const archive = cachePath('demo', `${name}.tar`);
  if (existsSync(archive)) return archive;
  const draft = cachePath('temporary', name);
  await mkdir(join(draft, 'wheels'), { recursive: true });
  await mkdir(cachePath('demo'), { recursive: true });
  progress('downloading wheels for demo-one');
  await downloadWheels(join(draft, 'wheels'));
  progress("making demo-one's venv with Debian's own Python in a plain Debian 12");
  await inPlainDebian({
    packages: debs.trim().split(/\s+/),
    script,
    env: { wheels: join(draft, 'wheels'), home, uid: String(uid), archive: join(draft, 'venv.tar') },
    scratch: draft,
  });
  await rename(join(draft, 'venv.tar'), archive);
  await rm(draft, { recursive: true });
  return archive;
}
