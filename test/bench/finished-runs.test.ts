import { type Ended, finishedRun } from '../cluster/rebase/finished-runs';

const at = (minute: number): string => `2026-11-25T20:${String(minute).padStart(2, '0')}:00Z`;

function pipelineRun(name: string, results: Readonly<Record<string, string>>): Ended {
  return {
    metadata: {
      name,
      annotations: { 'cloud-services-buildpacks.toolforge.org/image': 'registry.test:5000/mine/platform/bookworm:c-0123' },
    },
    status: {
      startTime: at(0),
      completionTime: at(9),
      results: Object.entries(results).map(([key, value]) => ({ name: key, value })),
    },
  };
}

const taskRun = (run: string, task: string, from: number, to: number): Ended => ({
  metadata: { name: `${run}-${task}`, labels: { 'tekton.dev/pipelineRun': run, 'tekton.dev/pipelineTask': task } },
  status: {
    startTime: at(from),
    completionTime: at(to),
    steps: [{ name: 'push', terminated: { startedAt: at(to - 1), finishedAt: at(to) } }],
  },
});

const NAME = 'bookworm-base-0123456789-2';

test('a run that has built: what, where, and how long the pod took that made it', () => {
  const run = pipelineRun(NAME, { made: 'built', digest: 'sha256:a' });
  const taskRuns = [taskRun(NAME, 'look-up', 0, 1), taskRun(NAME, 'base', 2, 5), taskRun(NAME, 'digest', 6, 7)];
  expect(finishedRun(run, [...taskRuns, taskRun('another', 'base', 0, 9)])).toEqual({
    run: 'bookworm-base-0123456789',
    id: 'bookworm-base',
    made: 'built',
    repository: 'mine/platform/bookworm',
    tag: 'c-0123',
    digest: 'sha256:a',
    contract: '',
    started: Date.parse(at(0)),
    ended: Date.parse(at(9)),
    making: { seconds: 180, ended: Date.parse(at(5)) },
    tasks: ['look-up', 'base', 'digest'],
    steps: { 'look-up push': 60, 'base push': 60, 'digest push': 60 },
  });
});

test('a run that has found its image made nothing, and says the digest all the same', () => {
  const run = pipelineRun(NAME, { made: 'found', found: 'sha256:b' });
  const finished = finishedRun(run, [taskRun(NAME, 'look-up', 0, 1)]);
  expect(finished).toMatchObject({ made: 'found', digest: 'sha256:b' });
  expect(finished).not.toHaveProperty('making');
});

test.each(['build', 'rebase'])('%s is what makes a platform image, contract and promotion are not', (task) => {
  const run = pipelineRun(NAME, { made: 'built', digest: 'sha256:c' });
  const taskRuns = [taskRun(NAME, 'contract', 4, 7), taskRun(NAME, task, 2, 3), taskRun(NAME, 'promotion', 8, 9)];
  expect(finishedRun(run, taskRuns).making).toEqual({ seconds: 60, ended: Date.parse(at(3)) });
});
