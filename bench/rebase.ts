/**
 * `npm run bench -- rebase`: one security update of the distro, three ways, one after the other on one machine; writes docs/rebase.md.
 *
 * Needs the embedded platform, and root for the legacy image. Everything is built in a checkout, namespaces and repositories of its own,
 * so that nothing is found ready but the packages in the cache of the mirror, for all three alike.
 */
import { writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { ensurePlatform, platformEnvironment } from '../local/platform';
import { type FinishedRun, imageRuns } from '../test/cluster/rebase/finished-runs';
import { takeBack } from '../test/cluster/rebase/older-packages';
import { type Layer, layersOf } from '../test/cluster/rebase/registry-content';
import { WholeCheckout } from '../test/cluster/rebase/whole-checkout';
import { madeAnew } from './made-anew';
import { IMAGES, type Up } from './rebase-measured';
import { rebasePage } from './rebase-page';
import { writeGenerated } from './write-generated';

/** The one of IMAGES that stands on the other. */
const LEGACY = 'python311-sssd-web';
const secondsSince = (start: number): number => (Date.now() - start) / 1000;

/** One `up`: what it made, how long it took, and what the registry got of it. */
async function measureUp(checkout: WholeCheckout, known: Set<string>): Promise<Up> {
  const start = Date.now();
  await checkout.up();
  const seconds = secondsSince(start);
  const runs = imageRuns(checkout.namespace);
  const pushed: Record<string, number> = {};
  for (const run of runs) pushed[run.id] = await newBytes(run, known);
  const layers: Record<string, readonly Layer[]> = {};
  for (const image of IMAGES) layers[image] = await layersOf(`${checkout.prefix}/toolforge-${image}`, 'latest');
  return { seconds, runs, pushed, layers };
}

/** What the registry did not have before a run: the sizes of its image's layers that no earlier run made. */
async function newBytes({ repository, digest }: FinishedRun, known: Set<string>): Promise<number> {
  const fresh = (await layersOf(repository, digest)).filter((layer) => !known.has(layer.digest));
  for (const layer of fresh) known.add(layer.digest);
  return fresh.reduce((total, { size }) => total + size, 0);
}

/** Measures, and writes docs/rebase.md. */
export async function benchRebase(): Promise<void> {
  await ensurePlatform();
  Object.assign(process.env, platformEnvironment());
  const checkout = new WholeCheckout('bench-rebase', `bench-${Date.now().toString(36)}`, { apart: true });
  try {
    const update = await takeBack(checkout);
    const known = new Set<string>();
    console.log(`full build with ${update.name} ${update.before}`);
    const full = await measureUp(checkout, known);
    console.log(`${full.seconds} s; rebase on ${update.name} ${update.after}`);
    update.update();
    const rebase = await measureUp(checkout, known);
    console.log(`${rebase.seconds} s; the legacy definition`);
    const { build, seconds, layers } = await madeAnew([LEGACY], `${checkout.prefix}/legacy`);
    const legacy = { build, seconds, layers: layers[LEGACY] ?? [] };
    const machine = `${cpus().length} processors, ${Math.round(totalmem() / 2 ** 30)} GiB of memory`;
    const measured = { machine, date: new Date().toISOString().slice(0, 10), update, full, rebase, legacy };
    // For a closer look.
    writeFileSync(join(tmpdir(), 'csb-rebase.json'), JSON.stringify(measured));
    writeGenerated('docs/rebase.md', rebasePage(measured));
  } finally {
    await checkout.remove();
  }
}
