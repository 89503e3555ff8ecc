/** What must not compile. `npm test` type-checks this file: an @ts-expect-error without an error fails it. */
import { EnvironmentApp } from '../../lib/synth/app';
import { EnvironmentChart } from '../../lib/synth/chart';
import type { ImageConfig } from '../../lib/toolforge/image-config';
import { Job, type JobProps } from '../../lib/toolforge/job';
import { type Tool, toolOf } from '../../lib/toolforge/tool';
import { Webservice } from '../../lib/toolforge/webservice';

const tool = toolOf('tools', { name: 'x', uid: 50001 });
const image = 'registry.example/x:latest';
const job = { tool, image, command: './x', mountsBy: 'admission' } as const;

test('right declarations compile, wrong ones do not', () => {
  const chart = new EnvironmentChart(new EnvironmentApp('test'), 'chart');
  new Job(chart, 'right', { ...job, runs: { kind: 'scheduled', schedule: '@daily' }, storage: { mount: 'none' } });

  // @ts-expect-error a number that nobody has looked at is no UID of a tool
  const byHand: Tool = { ...tool, uid: 50001 };
  expect(byHand).toEqual(tool);
  // @ts-expect-error without mounts there is no home for files
  const withoutHome: JobProps = { ...job, runs: { kind: 'one-off' }, storage: { mount: 'none', output: 'files' } };
  // @ts-expect-error what is started once has no schedule
  const both: JobProps = { ...job, runs: { kind: 'one-off', schedule: '@daily' } };
  // @ts-expect-error a schedule is needed
  const never: JobProps = { ...job, runs: { kind: 'scheduled' } };
  // @ts-expect-error cron has five fields, or a word with @
  const daily: JobProps = { ...job, runs: { kind: 'scheduled', schedule: 'daily' } };
  // @ts-expect-error only what runs for ever has replicas
  const copies: JobProps = { ...job, runs: { kind: 'scheduled', schedule: '@daily', replicas: 2 } };
  // @ts-expect-error storage is all or none
  const some: JobProps = { ...job, runs: { kind: 'one-off' }, storage: { mount: 'home' } };
  expect([withoutHome, both, never, daily, copies, some]).toHaveLength(6);
  // @ts-expect-error the runner's name of the type, not the command line's
  new Webservice(chart, 'web', { tool, image, mountsBy: 'admission', type: 'python' });
  // @ts-expect-error the command line's name of the type, not the runner's
  const type: NonNullable<ConstructorParameters<typeof ImageConfig>[2]['catalogue'][string]['webservice']>['type'] =
    'uwsgi-python';
  expect(type).toBe('uwsgi-python');
});
