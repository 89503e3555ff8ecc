import { DELETED_ANNOTATION, DeletedRuns, type Runs as Found, type RunSource } from '../../lib/deploy/deleted-runs';
import type { Manifest } from '../../lib/synth/synthesized';

jest.useFakeTimers();

const run: Manifest = {
  apiVersion: 'tekton.dev/v1',
  kind: 'PipelineRun',
  metadata: { name: 'base-0123456789-1', namespace: 'builds', annotations: { path: 'chart/run' } },
  spec: { timeouts: { pipeline: '1h0m0s' } },
};

/** A cluster with runs; `undefined` does not answer. */
class Runs implements RunSource {
  names: string[] | undefined = [];
  asked = 0;
  readonly created: Manifest[] = [];

  /** Those that have come since the last look. */
  come: string[] = [];

  runs(_namespace: string, since: string | undefined): Promise<Found> {
    this.asked += 1;
    if (this.names === undefined) return Promise.reject(new Error('no answer'));
    const come = since === undefined ? [] : this.come;
    return Promise.resolve({ there: this.names, come, version: String(this.asked) });
  }

  createRun(manifest: Manifest): Promise<void> {
    this.created.push(manifest);
    this.names = [...(this.names ?? []), manifest.metadata.name];
    return Promise.resolve();
  }
}

const look = (): Promise<void> => jest.advanceTimersByTimeAsync(5000);

test('a run that vanishes is made again, cancelled, with what it was and the reason', async () => {
  const runs = new Runs();
  new DeletedRuns(runs).watch(run);
  await look();
  runs.names = ['base-0123456789-1'];
  await look();
  expect(runs.created).toEqual([]);
  runs.names = [];
  await look();
  await look();
  expect(runs.created).toEqual([
    {
      ...run,
      metadata: { ...run.metadata, annotations: { path: 'chart/run', [DELETED_ANNOTATION]: 'true' } },
      spec: { timeouts: { pipeline: '1h0m0s' }, status: 'Cancelled' },
    },
  ]);
});

test('a run that came and went between two looks is made again', async () => {
  const runs = new Runs();
  new DeletedRuns(runs).watch(run);
  await jest.advanceTimersByTimeAsync(0); // the first look, before the run is made
  runs.come = ['base-0123456789-1'];
  await look();
  expect(runs.created.map(({ metadata }) => metadata.name)).toEqual(['base-0123456789-1']);
});

test('a run that was never there is not made', async () => {
  const runs = new Runs();
  runs.names = ['another-0123456789-1'];
  new DeletedRuns(runs).watch(run);
  await look();
  await look();
  expect(runs.created).toEqual([]);
});

test('a later attempt than the declared one is looked after as well', async () => {
  const runs = new Runs();
  runs.names = ['base-0123456789-1', 'base-0123456789-3'];
  new DeletedRuns(runs).watch(run);
  await look();
  runs.names = [];
  await look();
  expect(runs.created.map(({ metadata }) => metadata.name)).toEqual(['base-0123456789-3']);
});

test('a later attempt that vanishes is made again, whether or not an earlier one is still there', async () => {
  const runs = new Runs();
  runs.names = ['base-0123456789-1', 'base-0123456789-2'];
  new DeletedRuns(runs).watch(run);
  await look();
  runs.names = ['base-0123456789-1'];
  await look();
  expect(runs.created.map(({ metadata }) => metadata.name)).toEqual(['base-0123456789-2']);
});

test('a cluster that does not answer has deleted nothing', async () => {
  const runs = new Runs();
  runs.names = ['base-0123456789-1'];
  new DeletedRuns(runs).watch(run);
  await look();
  runs.names = undefined;
  await look();
  expect(runs.created).toEqual([]);
});

test('nobody looks when nothing is waited for', async () => {
  const runs = new Runs();
  const deletedRuns = new DeletedRuns(runs);
  const ends = [deletedRuns.watch(run), deletedRuns.watch(run)];
  await look();
  for (const end of ends) end();
  await look();
  await look();
  expect(runs.asked).toBe(2);
});
