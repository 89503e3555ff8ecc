import { Yaml } from 'cdk8s';
import { EnvironmentApp } from '../../lib/synth/app';
import { EnvironmentChart } from '../../lib/synth/chart';
import type { Manifest } from '../../lib/synth/synthesized';
import { scheduleProblems } from '../../lib/toolforge/cron-schedule';
import { Job, type JobProps } from '../../lib/toolforge/job';
import { toolOf } from '../../lib/toolforge/tool';

const base = {
  tool: toolOf('tools', { name: 'wikihistory', uid: 51234 }),
  runs: { kind: 'one-off' },
  command: './count.sh --all',
  image: 'registry.example/toolforge-python311-sssd-web:latest',
  mountsBy: 'admission',
} as const satisfies JobProps;

function declare(props: Partial<JobProps> = {}, id = 'count'): { job: Job; manifest: Manifest } {
  const app = new EnvironmentApp('test');
  const job = new Job(new EnvironmentChart(app, 'jobs'), id, { ...base, ...props });
  return { job, manifest: app.synthesize().objects[0]?.manifest as Manifest };
}
interface Container {
  readonly command: readonly string[];
  readonly workingDir?: string;
  readonly resources: object;
}
const containerOf = (props: Partial<JobProps>): Container =>
  (declare(props).manifest['spec'] as { template: { spec: { containers: [Container] } } }).template.spec.containers[0];

describe('what jobs-api makes of', () => {
  test.each([
    { kind: 'one-off' },
    { kind: 'scheduled', schedule: '17 3 * * *' },
    { kind: 'continuous' },
  ] as const satisfies readonly JobProps['runs'][])('$kind', (runs) => {
    expect(`\n${Yaml.stringify(declare({ runs }).manifest)}`).toMatchSnapshot();
  });
});

test('output goes into two files of the home, which the job knows', () => {
  expect(declare().job.files).toEqual({
    stdout: '/data/project/wikihistory/count.out',
    stderr: '/data/project/wikihistory/count.err',
  });
  expect(declare().job.name).toBe('count');
});

test('with output in the pod the command is alone, and no label speaks of files', () => {
  const props = { storage: { mount: 'all', output: 'pod' } } as const;
  expect(containerOf(props).command).toEqual(['/bin/sh', '-c', '--', './count.sh --all']);
  expect(containerOf(props).workingDir).toBe('/data/project/wikihistory');
  expect(declare(props).manifest.metadata.labels).not.toHaveProperty(['jobs.toolforge.org/filelog']);
  expect(declare(props).job.files).toBeUndefined();
});

test('without mounts there is no home to start in or to write to', () => {
  const props = { storage: { mount: 'none' } } as const;
  expect(containerOf(props).command.at(-1)).toBe('./count.sh --all');
  expect(containerOf(props)).not.toHaveProperty('workingDir');
});

test('with a name of its own', () => {
  const { manifest, job } = declare({ name: 'nightly' });
  expect(manifest.metadata.name).toBe('nightly');
  expect(job.files?.stdout).toMatch(/\/nightly\.out$/);
});

test('with retries, for one-off and for scheduled ones', () => {
  expect(declare({ runs: { kind: 'one-off', retries: 5 } }).manifest['spec']).toMatchObject({ backoffLimit: 5 });
  const { manifest } = declare({ runs: { kind: 'scheduled', schedule: '@daily', retries: 2 } });
  expect(manifest['spec']).toMatchObject({ jobTemplate: { spec: { backoffLimit: 2 } } });
});

test('one replica is stopped before the next starts, more are rolled', () => {
  expect(declare({ runs: { kind: 'continuous' } }).manifest['spec']).toMatchObject({
    replicas: 1,
    strategy: { type: 'Recreate' },
  });
  const { manifest } = declare({ runs: { kind: 'continuous', replicas: 2 } });
  expect(manifest['spec']).toMatchObject({ replicas: 2 });
  expect(manifest['spec']).not.toHaveProperty('strategy');
});

test.each([
  [
    { memory: 2048, cpu: 2000 },
    { cpu: '2000m', memory: '2048Mi' },
    { cpu: '1000m', memory: '1024Mi' },
  ],
  [
    { memory: 256, cpu: 200 },
    { cpu: '200m', memory: '256Mi' },
    { cpu: '200m', memory: '256Mi' },
  ],
  [{}, { cpu: '1000m', memory: '512Mi' }, { cpu: '100m', memory: '256Mi' }],
])('with resources %p', (props, limits, requests) => {
  expect(containerOf(props).resources).toEqual({ limits, requests });
});

test.each<[string, Partial<JobProps>, string]>([
  ['a long name', { name: 'x'.repeat(53) }, `jobs/count: '${'x'.repeat(53)}' cannot be a job's name: expected are at most 52`],
  ['a name with capitals', { name: 'Count' }, "jobs/count: 'Count' cannot be a job's name"],
  ['no command', { command: ' ' }, 'jobs/count: the command is empty'],
  [
    'too many retries',
    { runs: { kind: 'one-off', retries: 6 } },
    'jobs/count: retries is 6: expected is a whole number from 0 to 5',
  ],
  [
    'no replicas',
    { runs: { kind: 'continuous', replicas: 0 } },
    'jobs/count: replicas is 0: expected is a whole number from 1 on',
  ],
  ['half a Mi', { memory: 0.5 }, 'jobs/count: memory is 0.5: expected is a whole number of Mi'],
  ['no cpu', { cpu: 0 }, 'jobs/count: cpu is 0: expected is a whole number of thousandths of a core'],
  [
    'no schedule',
    { runs: { kind: 'scheduled', schedule: '60 3 * * *' } },
    "jobs/count: '60 3 * * *' is no schedule: its minute is '60'",
  ],
])('refuses %s', (_, props, message) => {
  expect(() => declare(props)).toThrow(message.replace('jobs/count', 'jobs/count (test/toolforge/job.test.ts)'));
});

test('says all that is wrong at once, with the file', () => {
  const wrong = {
    name: 'x'.repeat(53),
    command: '',
    runs: { kind: 'scheduled', schedule: '60 3 * * *', retries: 6 },
    memory: 0,
  } as const;
  expect(() => declare(wrong)).toThrow(
    /jobs\/count \(test\/toolforge\/job\.test\.ts\): [^]*job's name[^]*command is empty[^]*retries is 6[^]*no schedule[^]*memory is 0/,
  );
});

test.each(['* * * * *', '*/10 0-6,22 1 jan-mar,12 MON-FRI', '0 0 29 2 *', '@daily', '5/15 * * * 0'])(
  "'%s' is a schedule",
  (text) => {
    expect(scheduleProblems(text)).toEqual([]);
  },
);

test.each([
  ['60 * * * *', "its minute is '60'; expected is *, a number from 0 to 59"],
  ['0 24 * * *', "its hour is '24'"],
  ['0 0 0 * *', "its day of the month is '0'"],
  ['0 0 * 13 *', "its month is '13'; expected is *, a number from 1 to 12 or jan, feb"],
  ['0 0 * * 7', "its day of the week is '7'"],
  ['0 0 * * fri-mon', "its day of the week is 'fri-mon'"],
  ['0 0,, * * *', "its hour is ''"],
  ['*/0 * * * *', "its minute is '*/0'"],
  ['1-2-3 * * * *', "its minute is '1-2-3'"],
  ['0 0 * *', 'expected are five fields'],
  ['0 0 * * * *', 'expected are five fields'],
  ['@every 5m', 'expected are five fields'],
  ['@never', 'or one of @hourly, @daily'],
])("'%s' is none: %s", (text, message) => {
  expect(scheduleProblems(text)).toEqual([expect.stringContaining(message)]);
});

test('the command arrives as it is: the kubelet would replace $(NAME) and $$', () => {
  const { command } = containerOf({ command: 'echo $(date) > /tmp/t-$$', storage: { mount: 'none' } });
  expect(command.at(-1)).toBe('echo $$(date) > /tmp/t-$$$$');
});

test('what is no image is refused', () => {
  expect(() => declare({ image: 'registry.example/Python' })).toThrow(
    "the image 'registry.example/Python' of container 'job' is no",
  );
});
