/** What is declared arrives byte for byte: past Tekton's own replacing and the kubelet's, up to the longest text that synthesis takes. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { Duration } from 'cdk8s';
import { ServiceAccount } from 'cdk8s-plus-27';
import { dump } from 'js-yaml';
import { readSettings } from '../../../lib/settings/settings';
import { Pipeline } from '../../../lib/tekton/pipeline';
import { PipelineRun } from '../../../lib/tekton/pipeline-run';
import { Task } from '../../../lib/tekton/task';
import { synthesize } from '../../tekton/synthesize';
import { kubectl } from '../checkout';

const NAMESPACE = 'texts-test';
const { toolbox } = readSettings(join(__dirname, '../../..'), 'local');

const TEXTS = [
  '/tmp/t-$$',
  '$(HOME) $$(HOME) $$$(HOME)',
  'f() { echo $(date) "$$"; }\n\ttwo lines, \'quotes\', é and a dollar at the end$',
  '{"files":{"/etc/profile":"PS1=$(id -un)$$ "}}',
  // One kilobyte less than an argument can have: what synthesis takes.
  `$$${'x'.repeat(130_045)}`,
];
// Sums, since results have 4 KiB together.
const SUMS =
  '#!/bin/sh\nfor each in "$ONE" "$SHARED" "$@"; do printf %s "$each" | sha256sum | cut -c1-64; done | tr "\\n" " " > "$RESULT"\n';
const sum = (text: string): string => createHash('sha256').update(text).digest('hex');

beforeAll(() => {
  kubectl('delete', 'namespace', NAMESPACE, '--ignore-not-found');
  kubectl('create', 'namespace', NAMESPACE);
});
afterAll(() => {
  kubectl('delete', 'namespace', NAMESPACE, '--wait=false');
});

test('in the environment and the arguments of a step, as literals and through a pipeline', () => {
  const objects = synthesize((chart) => {
    const serviceAccount = new ServiceAccount(chart, 'account', { metadata: { name: 'texts' }, automountToken: false });
    const task = new Task(chart, 'sums', {
      description: 'Sums up what it is given.',
      egress: [],
      params: { 'with.dots': {}, all: { type: 'array' }, pid: { default: '$$' } },
      results: ['sums'],
      env: ({ params }) => ({ SHARED: `pid: $${params.pid}` }),
      steps: ({ params, results }) => [
        {
          name: 'sums',
          image: toolbox,
          script: SUMS,
          env: { RESULT: results.sums, ONE: params['with.dots'] },
          args: ['$$(HOME)', params.all],
        },
      ],
    });
    const pipeline = new Pipeline(chart, 'texts', { description: 'Hands on.', params: { 'o.n.e': {}, all: { type: 'array' } } });
    const { results } = pipeline.addTask('sums', task, {
      params: { 'with.dots': pipeline.params['o.n.e'], all: pipeline.params.all },
    });
    pipeline.addResult('sums', results.sums, 'The sums.');
    const params = { 'o.n.e': TEXTS[1] ?? '', all: TEXTS };
    new PipelineRun(chart, 'run', { pipeline, params, serviceAccount, timeout: Duration.minutes(4) });
  });
  const input = objects.map((object) => `---\n${dump(object, { lineWidth: -1, noRefs: true })}`).join('');
  execFileSync('kubectl', ['apply', '--server-side', '--validate=strict', `--namespace=${NAMESPACE}`, '--filename=-'], {
    input,
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  const run = objects.at(-1)?.metadata.name ?? '';
  const inNamespace = [`pipelinerun/${run}`, `--namespace=${NAMESPACE}`];
  kubectl('wait', ...inNamespace, '--for=jsonpath={.status.completionTime}', '--timeout=300s');
  const reason = kubectl(
    'get',
    ...inNamespace,
    '--output=jsonpath={.status.conditions[0].reason}: {.status.conditions[0].message}',
  );
  expect(reason).toMatch(/^(Succeeded|Completed)/);
  const found = kubectl('get', ...inNamespace, '--output=jsonpath={.status.results[0].value}')
    .trim()
    .split(' ');
  expect(found).toEqual([TEXTS[1] ?? '', 'pid: $$$', '$$(HOME)', ...TEXTS].map(sum));
});
