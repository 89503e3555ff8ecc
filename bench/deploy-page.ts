import { cpus, totalmem } from 'node:os';
import { ENGINE_SETTINGS } from '../cli/engine-settings';
import { median } from './median';
import { ratio, seconds, table } from './tables';

/** Seconds of one repetition. */
export interface DeployTimes {
  readonly apply: number;
  readonly diff: number;
  readonly firstUp: number;
  readonly preview: number;
  /** What Pulumi takes of both with as many resources that no provider has to do with. */
  readonly emptyUp: number;
  readonly emptyPreview: number;
}

/** What was measured of one size. */
export interface Measured {
  readonly what: string;
  readonly times: readonly DeployTimes[];
}

/** docs/bench/deploy.md. */
export function deployPage(measured: readonly Measured[], load: { readonly before: number; readonly after: number }): string {
  const rows = measured.map(({ what, times }) => {
    const of = (key: keyof DeployTimes): number => median(times.map((each) => each[key]));
    const [apply, up, emptyUp] = [of('apply'), of('firstUp'), of('emptyUp')];
    const [diff, preview, emptyPreview] = [of('diff'), of('preview'), of('emptyPreview')];
    return [
      `${what}, ${times.length === 1 ? 'once' : `${times.length} times`}`,
      ...[seconds(apply), seconds(up), ratio(up, apply), seconds(emptyUp)],
      ...[seconds(diff), seconds(preview), ratio(preview, diff), seconds(emptyPreview)],
    ];
  });
  const head = ['objects', 'apply', 'first up', 'times', 'Pulumi alone', 'diff', 'preview', 'times', 'Pulumi alone'];
  const settings = Object.entries<string>(ENGINE_SETTINGS).map(([key, value]) => `\`${key}=${value}\``);
  return `# How long a deployment takes

Written by \`npm run bench -- deploy\`. Do not edit it.

${table(head, rows)}

Medians, with Pulumi's official provider. "Own" is what the environment \`local\` declares, without runs and demo applications; of the others, half are
ConfigMaps and half Tekton Tasks. Each repetition measures one after the other, in namespaces and a Pulumi backend (file) of their own: \`kubectl apply
--server-side\`, \`kubectl diff --server-side\`, a first \`pulumi up\` and a \`pulumi preview\` without changes, with our adapter and the check of what
exists. "Pulumi alone" is the same with as many resources of no provider, which touch no cluster. Settings: ${settings.join(', ')}.

Targets: a first \`up\` of our own objects within three times \`kubectl apply\`; at 1,000 objects, a preview without changes no slower than \`kubectl diff\`.
"Pulumi alone" says how much of both is left to us: it starts a Node process, which loads the SDK, and registers resources one after the other.

Where a first \`up\` of many spends its time was seen with \`pulumi up --profiling\` on 300 objects (2026-11-25): 76 % of the engine's CPU goes into
\`saveSnapshot\`, since a file backend writes the whole state when an object is begun and when it is done, so that the time grows with the square of their
number; the program in Node took 13 s of CPU, the engine 18 s, the provider 2 s. The journal that would end that is Pulumi Cloud's only; leaving checkpoints
out is not safe ([engine-settings.ts](../../cli/engine-settings.ts)).

Machine: ${cpus().length} cores (${cpus()[0]?.model.trim() ?? '?'}), ${(totalmem() / 2 ** 30).toFixed(0)} GiB, with API server, etcd and Tekton on it; its load
was ${load.before.toFixed(1)} when the run began, and ${load.after.toFixed(1)} at its end; where that is far above 1, other work ran beside it.
`;
}
