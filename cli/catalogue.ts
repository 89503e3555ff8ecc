import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type LiveRun, type LiveTaskRun, progressOf, secondsOf } from '../lib/deploy/run-progress';
import { watchRuns } from '../lib/deploy/run-watch';
import { ROOT, useClusterOf } from './pulumi-stack';
import { builtSeconds, renderCatalogue } from './render-catalogue';
import { statusesOf } from './status';

const PAGE = 'docs/catalogue.md';

/** `csb catalogue`: writes docs/catalogue.md, every legacy image with what became of it, from ledger, registry and the cluster's runs. */
export async function catalogue(environment: string): Promise<void> {
  const { kubeContext, namespace } = useClusterOf(environment);
  const images = await statusesOf(environment);
  const leftOut = images.filter(({ isChosen }) => !isChosen).length;
  if (leftOut > 0)
    throw new Error(
      `${PAGE} is of all images, and families in Pulumi.${environment}.yaml leaves ${leftOut} out; say [all] there (npm start -- --all)`,
    );
  const watch = await watchRuns(kubeContext, namespace, () => undefined);
  const seconds = buildSeconds(watch.runs(), watch.taskRuns());
  watch.stop();
  const file = join(ROOT, PAGE);
  const before = builtSeconds(existsSync(file) ? readFileSync(file, 'utf8') : '');
  writeFileSync(file, renderCatalogue(images, new Map([...before, ...seconds])));
  console.log(`${PAGE}: ${images.length} images`);
}

/** Seconds of the task that built each image the last time, by the image's name; of those that a run has built, and the cluster still knows. */
function buildSeconds(runs: readonly LiveRun[], taskRuns: readonly LiveTaskRun[]): ReadonlyMap<string, number> {
  const started = ({ status }: LiveRun): string => status?.startTime ?? '';
  const found = runs
    .toSorted((one, other) => (started(one) < started(other) ? -1 : 1))
    .map((run) => progressOf(run, taskRuns))
    .flatMap(({ image, tasks }): [string, number][] => {
      const name = /\/toolforge-([^/:@]+)[:@]/.exec(image)?.[1];
      const build = tasks.find((task) => task.name === 'build' && task.state === 'succeeded');
      const seconds = build && secondsOf(build);
      return name === undefined || seconds === undefined ? [] : [[name, Math.round(seconds)]];
    });
  return new Map(found);
}
