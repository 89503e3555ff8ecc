/** The drop-in proof: what old tools have in their homes, served by the platform's image with nothing changed. */
import { load } from 'js-yaml';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { statePath } from '../directories';
import { demoTools } from '../homes';
import { withLock } from '../lock';
import type { HomeOutcome } from './applications';
import { ensureApplications } from './applications';
import { ensureRepositories } from './repositories';
import { typeIntoShell } from './shell';
import type { Answer, Webservice } from './webservice';
import { answerOf, findWebservice, isBehind, restart } from './webservice';

/** Whether a home has the extension for this Python: where an attempt broke off, there is a venv without it. */
async function hasExtension(tool: string, minor: string): Promise<boolean> {
  const folder = statePath('project', tool, `www/python/venv/lib/python${minor}/site-packages`);
  const modules = await readdir(folder).catch(() => []);
  return modules.some((name) => name.startsWith('fnv1a.') && name.endsWith('.so'));
}

/** `3.11` of `.../toolforge-python311-sssd-web:latest`. */
function minorOf(image: string): string {
  const [, major, minor] = /python(\d)(\d+)-/.exec(image) ?? [];
  return major !== undefined && minor !== undefined ? `${major}.${minor}` : '3.11';
}

/** Whether the environment `local` declares the webservices; its settings are parsed, and refused, by the declarations. */
async function areDeclared(): Promise<boolean> {
  const text = await readFile(join(__dirname, '../../Pulumi.local.yaml'), 'utf8');
  const { config } = load(text) as { config?: Readonly<Record<string, { demo?: boolean } | undefined>> };
  return config?.['cloud-services-buildpacks:toolforge']?.demo === true;
}

/** Fills the homes and the tools' repositories, unless the demo is turned off. Needs the platform's package cache, but no image yet. */
export async function prepareHomes(say: (message: string) => void): Promise<ReadonlyMap<string, HomeOutcome>> {
  if (!(await areDeclared())) return new Map();
  const waiting = (holder: string): void => {
    say(`Waiting: another command changes the platform: ${holder}`);
  };
  return withLock('demo tools', waiting, async () => {
    await ensureRepositories();
    return ensureApplications(say);
  });
}

export interface RunningTool {
  readonly webservice: Webservice;
  readonly answer: Answer;
}

/** Builds what a tool's maintainer builds in a shell, unless it is there; returns whether it did. */
async function ensureExtension(webservice: Webservice, say: (message: string) => void): Promise<boolean> {
  const { name } = webservice.tool;
  if (name !== 'demo-two' || (await hasExtension(name, minorOf(webservice.image)))) return false;
  say(`${name}: building a source distribution with a C extension in a shell pod of ${webservice.image}`);
  await typeIntoShell(webservice, await readFile(join(__dirname, 'demo-two/build.sh'), 'utf8'));
  return true;
}

/** Makes every declared demo tool run what it should, and waits until it answers; without declared tools, there is nothing to do. */
export async function serveTools(
  homes: ReadonlyMap<string, HomeOutcome>,
  say: (message: string) => void,
): Promise<readonly RunningTool[]> {
  const found = (await Promise.all(demoTools.map(findWebservice))).filter((each) => each !== undefined);
  if (found.length === 0) say('Demo tools: the environment declares none.');
  return Promise.all(
    found.map(async (webservice) => {
      const { name, home } = webservice.tool;
      const outcome = homes.get(name);
      if (outcome === 'kept')
        say(`${name}: ${home}/www/python is not ours, or has been changed: left alone. Moved away, it is made anew`);
      const isBuilt = await ensureExtension(webservice, say);
      if (isBuilt || outcome === 'installed' || outcome === 'replaced' || (await isBehind(webservice))) {
        say(`${name}: restarting the webservice`);
        await restart(webservice);
      }
      return { webservice, answer: await answerOf(webservice) };
    }),
  );
}
