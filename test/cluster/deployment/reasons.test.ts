/** Runs that fail for what is around them, each in a way of its own: `up` says which step, why, and what to do. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Checkout, kubectl, until } from '../checkout';

const checkout = new Checkout('test-reasons');
const inNamespace = ['-n', checkout.namespace] as const;
afterAll(() => checkout.remove());

interface Small {
  readonly script: string;
  readonly image?: string;
  readonly memory?: number;
  readonly sizeLimit?: number;
  readonly seconds?: number;
}

/** The environment is one run of one step; another one is another run. */
function declare({ script, image, memory = 64, sizeLimit = 64, seconds = 120 }: Small): void {
  writeFileSync(
    join(checkout.directory, 'stacks/environment.ts'),
    `import { Duration, Size } from 'cdk8s';
import { Namespace, ServiceAccount } from 'cdk8s-plus-27';
import type { Settings } from '../lib/settings/settings';
import { EnvironmentApp } from '../lib/synth/app';
import { EnvironmentChart } from '../lib/synth/chart';
import { Pipeline } from '../lib/tekton/pipeline';
import { PipelineRun } from '../lib/tekton/pipeline-run';
import { Task } from '../lib/tekton/task';

export function declareEnvironment(environment: string, settings: Settings): EnvironmentApp {
  const app = new EnvironmentApp(environment);
  const chart = new EnvironmentChart(app, 'tried', { namespace: settings.namespace, after: [] });
  const namespace = new Namespace(chart, 'namespace', { metadata: { name: settings.namespace } });
  const serviceAccount = new ServiceAccount(chart, 'nobody', { metadata: { name: 'nobody' }, automountToken: false });
  const task = new Task(chart, 'task', {
    description: 'Fails.',
    egress: [],
    volumes: { scratch: { kind: 'scratch', sizeLimit: Size.mebibytes(${sizeLimit}) } },
    steps: () => [
      {
        name: 'try',
        image: ${image === undefined ? 'settings.toolbox' : JSON.stringify(image)},
        script: ${JSON.stringify(`#!/bin/bash\nset -euo pipefail\n${script}\n`)},
        mounts: { scratch: '/scratch' },
        resources: { cpu: 10, memory: ${memory} },
      },
    ],
  });
  const pipeline = new Pipeline(chart, 'pipeline', { description: 'Fails.', params: { why: {} } });
  pipeline.addTask('only', task, { params: {} });
  for (const each of [serviceAccount, task, pipeline]) each.node.addDependency(namespace);
  new PipelineRun(chart, 'run', { name: 'tried', pipeline, params: { why: 'x' }, serviceAccount, timeout: Duration.seconds(${seconds}) });
  return app;
}
`,
  );
}

const failure = async (): Promise<string> => {
  const { code, output } = await checkout.csb('up');
  expect(`${code} ${output}`).toMatch(/^1 /);
  expect(output).toMatch(/run tried-[0-9a-f]{10}-1 did not succeed: /);
  expect(output).not.toMatch(/^\s+at /m);
  return output;
};
const asked = (...args: readonly string[]): string[] => {
  try {
    return kubectl('get', ...args, ...inNamespace)
      .trim()
      .split(/\s+/);
  } catch {
    return []; // the namespace is not there yet
  }
};

/** Waits until a step of a run runs that was not there before; the run. What earlier tests left may still be ending. */
async function runs(before: readonly string[]): Promise<string> {
  let run: string | undefined;
  await until(
    'its pod runs',
    () => {
      run = all().find((each) => !before.includes(each));
      const pods = ['-l', `tekton.dev/pipelineRun=${run?.split('/')[1] ?? 'none'}`, '-o', 'jsonpath={.items[*].status.phase}'];
      return run !== undefined && asked('pods', ...pods).includes('Running');
    },
    120,
  );
  return run ?? '';
}
const all = (): string[] => asked('pipelineruns', '-o', 'name').filter(Boolean);

test('memory', async () => {
  declare({ script: 'echo begun; a=x; while true; do a=$a$a; done', memory: 32 });
  const output = await failure();
  expect(output).toMatch(/step 'try' of task 'only' ran out of memory at its limit of 32Mi \(OOMKilled\)/);
  expect(output).toContain('Give the step more `memory`');
});

test('a volume beyond its limit', async () => {
  declare({ script: 'head --bytes=8M /dev/zero >/scratch/file; sleep 110', sizeLimit: 1 });
  expect(await failure()).toMatch(/step 'try' of task 'only' filled the volume 'scratch' beyond its limit of 1Mi/);
});

test('an image that does not exist', async () => {
  declare({ script: 'true', image: 'registry.local:5000/platform/no-such-image:1' });
  const output = await failure();
  expect(output).toContain(
    "The image of step 'try' of task 'only' cannot be pulled: registry.local:5000/platform/no-such-image:1",
  );
});

test('time', async () => {
  declare({ script: 'echo waiting; sleep 60', seconds: 20 });
  expect(await failure()).toMatch(/It timed out after 20s, during step 'try' of task 'only'\./);
});

test('somebody who cancels it', async () => {
  declare({ script: 'echo waiting; sleep 100' });
  const before = all();
  const failing = failure();
  const run = await runs(before);
  kubectl('patch', run, ...inNamespace, '--type=merge', '-p', '{"spec":{"status":"Cancelled"}}');
  expect(await failing).toMatch(/It was cancelled \(spec\.status: Cancelled\) by kubectl-patch at .*, during step 'try'/);
});

test('somebody who deletes it: up ends and says so, the next one is not held up, and the next attempt is made', async () => {
  declare({ script: 'echo waiting; sleep 20', seconds: 600 });
  const before = all();
  const failing = failure();
  const run = await runs(before);
  kubectl('delete', run, ...inNamespace);
  expect(await failing).toContain('Somebody deleted it while its end was waited for.');
  expect(await failure()).toContain('Somebody deleted it while its end was waited for.');
  const { code, output } = await checkout.csb('retry', run.split('/')[1] ?? '');
  expect(`${code} ${output}`).toMatch(/^0 /);
});
