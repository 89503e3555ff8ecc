import { ratio, table } from './tables';

/** What is measured: we, cdk8s with and without dependencies, the dump of finished objects; `finish` writes these to a file. */
export type Way = 'ours' | 'cdk8s' | 'cdk8s-unchained' | 'floor' | 'finish';

/** One measurement: seconds of processor time, and the largest memory of its process in bytes. */
export interface SynthMeasurement {
  readonly seconds: number;
  readonly peak: number;
}

/** The medians of one way for one number of objects. Undefined when it was stopped. */
export type Medians = Readonly<Partial<Record<Way, SynthMeasurement>>>;

export interface MeasuredSynth {
  readonly sizes: ReadonlyMap<number, Medians>;
  readonly repetitions: number;
  /** Seconds after which a measurement was stopped. */
  readonly limit: number;
  readonly machine: string;
  readonly load: string;
  readonly date: string;
}

const milliseconds = ({ seconds }: SynthMeasurement): string =>
  seconds < 10 ? `${Math.round(seconds * 1000)} ms` : `${seconds.toFixed(1)} s`;
const mebibytes = ({ peak }: SynthMeasurement): string => `${Math.round(peak / 2 ** 20)} MiB`;

/** docs/bench/synth.md. */
export function synthPage({ sizes, repetitions, limit, machine, load, date }: MeasuredSynth): string {
  const cell = (measured: SynthMeasurement | undefined, write: (of: SynthMeasurement) => string): string =>
    measured === undefined ? `more than ${limit} s` : write(measured);
  const times = [...sizes].map(([objects, { ours, floor, cdk8s, ...others }]) => [
    objects.toLocaleString('en'),
    cell(ours, milliseconds),
    cell(floor, milliseconds),
    ratio(ours?.seconds, floor?.seconds, 2),
    cell(cdk8s, milliseconds),
    cell(others['cdk8s-unchained'], milliseconds),
  ]);
  const memory = [...sizes].map(([objects, { ours, floor }]) => [
    objects.toLocaleString('en'),
    cell(ours, mebibytes),
    cell(floor, mebibytes),
  ]);
  return `# How long synthesis takes

<!-- Written by \`npm run bench -- synth\`; change bench/synth-page.ts and measure again. -->

\`npm run bench -- synth\` on ${date}: ${machine}. ${load} Medians of ${repetitions} runs each, interleaved, every run in a process of its own,
in seconds of processor time; a run was stopped after ${limit} s of the clock.

${table(['objects', 'ours', 'floor', 'ours : floor', 'cdk8s', 'cdk8s, no dependencies'], times)}

- **objects**: service accounts, ConfigMaps, roles, tasks of three steps, pipelines and runs, in charts of ten. Each chart depends on the one before.
- **ours**: from the declared tree to the text of all files, in memory: order, rendering, all checks, references, all policies, YAML
  by lib/synth/yaml.ts, which asks js-yaml only how odd scalars are written.
- **floor**: js-yaml's dump of the same objects, finished.
- **cdk8s**: \`App.synthYaml()\` of the same tree, and of the same charts without a dependency. It checks none of what we check.

Targets: at most 1.5 times the floor, and linear.

## The largest memory of the process

${table(['objects', 'ours', 'floor'], memory)}

Node, cdk8s and the program itself are in it. Ours holds the tree of constructs, which the floor does not have.
`;
}
