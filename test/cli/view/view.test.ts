import type { EngineEvent } from '@pulumi/pulumi/automation';
import type { ViewEvent } from '../../../cli/view/event';
import { View } from '../../../cli/view/view';
import type { LiveRun, LiveTaskRun } from '../../../lib/deploy/run-progress';

const urn = (type: string, name: string): string => `urn:pulumi:local::project::chart$${type}::${name}`;
const RUN = 'kubernetes:tekton.dev/v1:PipelineRun';

/** What the engine says of a resource when it is done with it. */
function done(op: string, type: string, name: string, outputs: object = {}): EngineEvent {
  return {
    sequence: 1,
    timestamp: 1,
    resOutputsEvent: { metadata: { op, urn: urn(type, name), type, new: { outputs } } },
  } as EngineEvent;
}
function said(severity: string, message: string, given: object = {}): EngineEvent {
  return { sequence: 1, timestamp: 1, diagnosticEvent: { severity, message, color: 'never', ...given } } as EngineEvent;
}

const live = (name: string, outcome?: 'True' | 'False', ended = '2026-11-26T01:01:00Z'): LiveRun => ({
  metadata: { name, namespace: 'builds', annotations: { 'cloud-services-buildpacks.toolforge.org/image': `registry/${name}` } },
  status: {
    startTime: '2026-11-26T01:00:00Z',
    ...(outcome && {
      completionTime: ended,
      conditions: [{ type: 'Succeeded', status: outcome, reason: 'Reason', message: 'words' }],
    }),
    results: [
      { name: 'made', value: 'found' },
      { name: 'found', value: 'sha256:1' },
    ],
  },
});

/** A view of the runs `a`, `b` and `c`, in a cluster that has some. */
function look(runs: LiveRun[], taskRuns: LiveTaskRun[] = []) {
  const told: ViewEvent[] = [];
  const view = new View(
    {
      command: 'up',
      environment: 'local',
      namespace: 'builds',
      runs: ['a-0123456789-1', 'b-0123456789-1', 'c-0123456789-1'],
      watch: { runs: () => runs, taskRuns: () => taskRuns },
      explain: (namespace, name) => Promise.resolve({ text: `${namespace}/${name}: the cause`, mayPass: false }),
    },
    { tell: (event) => told.push(event), repaint: () => undefined },
  );
  return { view, told, words: () => told.map(({ event }) => event) };
}

test('objects are told and counted, runs are told by what the cluster says of them, and the end says both', async () => {
  const runs = [live('other-0123456789-1')];
  const { view, told, words } = look(runs);
  view.hear(done('create', 'kubernetes:core/v1:Namespace', 'chart/namespace'));
  view.hear(done('same', 'kubernetes:core/v1:ConfigMap', 'chart/same'));
  view.hear(done('create', 'chart:index:Chart', 'chart'));
  view.hear(done('same', RUN, 'chart/c#0123456789'));
  runs.push(live('a-0123456789-1'));
  view.look();
  runs[1] = live('a-0123456789-1', 'True');
  view.look();
  view.hear(done('create', RUN, 'chart/a#0123456789', live('a-0123456789-1', 'True')));
  await view.end(true);
  expect(words()).toEqual(['begun', 'object', 'run-started', 'run-succeeded', 'ended']);
  expect(told[3]).toEqual({
    event: 'run-succeeded',
    run: 'a-0123456789-1',
    image: 'registry/a-0123456789-1@sha256:1',
    made: 'found',
    seconds: 60,
  });
  expect(told.at(-1)).toMatchObject({
    succeeded: true,
    objects: { created: 1 },
    runs: { succeeded: { found: 1 }, failed: [], unchanged: 1, left: 1 },
  });
});

test('a run that the cluster cannot be asked about is told by what Pulumi knows of its end', async () => {
  const { view, words } = look([]);
  view.hear(done('create', RUN, 'chart/a#0123456789', live('a-0123456789-1', 'True')));
  await view.end(true);
  expect(words()).toEqual(['begun', 'run-started', 'run-succeeded', 'ended']);
});

test('a failure is told at once, with its cause, and not again when the program says it', async () => {
  const runs = [live('a-0123456789-1', undefined)];
  const { view, told, words } = look(runs);
  view.hear(done('create', 'kubernetes:core/v1:Namespace', 'chart/namespace'));
  runs[0] = live('a-0123456789-1', 'False');
  view.look();
  view.hear(said('error', 'Running program failed:\nrun a-0123456789-1 did not succeed: Reason: words\nthe cause'));
  expect(await view.end(false)).toBe(true);
  expect(words()).toEqual(['begun', 'object', 'run-started', 'run-failed', 'ended']);
  expect(told[3]).toEqual({
    event: 'run-failed',
    run: 'a-0123456789-1',
    lines: [
      'run a-0123456789-1 did not succeed: Reason: words',
      'builds/a-0123456789-1: the cause',
      'Mend the cause, or try the same again with: npm run csb -- retry a-0123456789-1',
    ],
  });
});

test('of runs that had ended before, only what the program says of a failure is told', async () => {
  const { view, told, words } = look([live('a-0123456789-1', 'False'), live('b-0123456789-1', 'True')]);
  view.hear(done('same', RUN, 'chart/a#0123456789'));
  view.hear(said('error', 'run a-0123456789-1 did not succeed: Reason: words\nthe cause\n'));
  view.look();
  await view.end(false);
  expect(words()).toEqual(['begun', 'run-failed', 'ended']);
  expect(told.at(-1)).toMatchObject({ runs: { failed: ['a-0123456789-1'], left: 2 } });
});

test('what Pulumi says beyond that is told when people can use it', async () => {
  const { view, told } = look([]);
  view.hear(said('debug', 'RegisterResource RPC finished'));
  view.hear(said('info', 'Waiting for completion: selected nothing', { ephemeral: true }));
  view.hear(said('warning', 'using pulumi-language-nodejs from $PATH at /somewhere\n'));
  view.hear(said('error', 'refused\n  because', { urn: urn('kubernetes:core/v1:ConfigMap', 'chart/files') }));
  view.hear(said('error', 'update failed'));
  expect(await view.end(false)).toBe(true);
  expect(told.slice(1, -1)).toEqual([{ event: 'message', severity: 'error', lines: ['chart/files: refused', '  because'] }]);
});

test('a failure without a reason is known to have none', async () => {
  expect(await look([]).view.end(false)).toBe(false);
});
