import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Checkout, kubectl, type Running, until } from '../checkout';

/** What a step does, and within what. */
export interface Step {
  /** Of bash. */
  readonly script: string;
  /** @default - the toolbox */
  readonly image?: string;
  /** In MiB. @default 64 */
  readonly memory?: number;
  /** Of /scratch, in MiB. @default 64 */
  readonly sizeLimit?: number;
  /** Of the run. @default 120 */
  readonly seconds?: number;
}

/** Makes runs all that a checkout declares, each of one step 'try' in its task 'only'. What is said of them is the same as of a build, and sooner. */
export function declareSteps(checkout: Checkout, steps: Readonly<Record<string, Step>>): void {
  writeFileSync(join(checkout.directory, 'stacks/environment.ts'), environmentOf(steps));
}

/** Makes one run all that a checkout declares, so long that it has a middle. What it does meanwhile is Tekton's: here, it waits. */
export function declareHeld(checkout: Checkout, { what = 'x', seconds = 15 } = {}): void {
  declareSteps(checkout, { held: { script: `echo ${what}; sleep ${seconds}`, seconds: seconds + 300 } });
}

/** The runs that the cluster has of a checkout. */
export function runsOf({ namespace }: Checkout): readonly string[] {
  try {
    return kubectl('get', 'pipelineruns', '-n', namespace, '-o', 'name').trim().split('\n').filter(Boolean);
  } catch {
    return []; // the namespace is not there yet
  }
}

/** `up` in the middle of the held run. */
export async function begun(checkout: Checkout): Promise<Running> {
  const up = checkout.start(['up']);
  await until('the run is made', () => runsOf(checkout).length === 1);
  return up;
}

function environmentOf(steps: Readonly<Record<string, Step>>): string {
  return `import { Duration, Size } from 'cdk8s';
import { Namespace, ServiceAccount } from 'cdk8s-plus-27';
import type { Settings } from '../lib/settings/settings';
import { EnvironmentApp } from '../lib/synth/app';
import { EnvironmentChart } from '../lib/synth/chart';
import { Pipeline } from '../lib/tekton/pipeline';
import { PipelineRun } from '../lib/tekton/pipeline-run';
import { Task } from '../lib/tekton/task';

const STEPS: Readonly<Record<string, { script: string; image?: string; memory?: number; sizeLimit?: number; seconds?: number }>> =
  ${JSON.stringify(steps)};

export function declareEnvironment(environment: string, settings: Settings): EnvironmentApp {
  const app = new EnvironmentApp(environment);
  const chart = new EnvironmentChart(app, 'tried', { namespace: settings.namespace, after: [] });
  const namespace = new Namespace(chart, 'namespace', { metadata: { name: settings.namespace } });
  const serviceAccount = new ServiceAccount(chart, 'nobody', { metadata: { name: 'nobody' }, automountToken: false });
  serviceAccount.node.addDependency(namespace);
  for (const [name, { script, image = settings.toolbox, memory = 64, sizeLimit = 64, seconds = 120 }] of Object.entries(STEPS)) {
    const task = new Task(chart, name + '-task', {
      description: 'Is tried.',
      egress: [],
      volumes: { scratch: { kind: 'scratch', sizeLimit: Size.mebibytes(sizeLimit) } },
      steps: () => [
        {
          name: 'try',
          image,
          script: '#!/bin/bash\\nset -euo pipefail\\n' + script + '\\n',
          mounts: { scratch: '/scratch' },
          resources: { cpu: 10, memory },
        },
      ],
    });
    const pipeline = new Pipeline(chart, name + '-pipeline', { description: 'Is tried.', params: { why: {} } });
    pipeline.addTask('only', task, { params: {} });
    for (const each of [task, pipeline]) each.node.addDependency(namespace);
    new PipelineRun(chart, name, { name, pipeline, params: { why: 'x' }, serviceAccount, timeout: Duration.seconds(seconds) });
  }
  return app;
}
`;
}
