import { setTimeout as sleep } from 'node:timers/promises';
import { columns } from '../local/columns';
import { chosenImages } from './chosen-images';
import { csb } from './csb';
import { interruptible } from './interruptible';
import { askPromotions } from './promotions';
import { useClusterOf } from './pulumi-stack';
import { shortDigest } from './short-digest';
import { type Outdated, outdatedOf, restartInWaves, webserviceApi } from './webservices';

export interface RestartOptions {
  /** Without it, only what would be done is shown. */
  readonly go: boolean;
  /** How many webservices are restarted at a time. */
  readonly wave: number;
}

/**
 * `csb restart <what>`: which webservices of tools run an older image than is public, and, when told to, restarts them. Jobs take what is public
 * when they start.
 *
 * @param what - an image, a tool's own as well, or a stack for all images on it; without one, all images
 * @throws Error when webservices of a wave do not get ready; later waves are left as they are
 */
export async function restart(environment: string, what: string | undefined, { go, wave }: RestartOptions): Promise<void> {
  if (!Number.isInteger(wave) || wave < 1) throw new Error(`--wave is ${wave}; expected is a whole number from 1`);
  const settings = useClusterOf(environment);
  const images = chosenImages(environment, settings, what);
  const asked = await askPromotions(settings, images);
  const now = new Map(
    images.flatMap(({ name, public: tag }) => {
      const digest = asked.get(name)?.now ?? '';
      return digest === '' ? [] : [[tag, digest] as const];
    }),
  );
  const api = await webserviceApi(settings.kubeContext);
  const { outdated, others } = await outdatedOf(api, now);
  console.log(tableOf(outdated, others));
  if (outdated.length === 0) return;
  if (!go) {
    console.log(`To restart them, ${wave} at a time: ${csb(environment, `restart ${what ?? ''} --go`.replace(/ +/g, ' '))}`);
    return;
  }
  await interruptible((interrupted) =>
    restartInWaves(api, outdated, {
      wave,
      tell: console.error,
      pause: async () => {
        await sleep(1000);
        interrupted.throwIfAborted();
      },
    }),
  );
}

function tableOf(outdated: readonly Outdated[], others: number): string {
  const line = `${outdated.length} of ${outdated.length + others} webservices of these images run an older one.`;
  if (outdated.length === 0) return line;
  const rows = outdated.map(({ namespace, name, image, runs, now }) => [
    `${namespace}/${name}`,
    image.replace(/^[^/]+\//, ''),
    runs.map(shortDigest).join(' '),
    shortDigest(now),
  ]);
  return `${columns([['webservice', 'image', 'runs', 'public'], ...rows])}\n${line}`;
}
