import { dump } from 'js-yaml';
import { house } from './house';

/** Scripts are files that have tests of their own. */
const withoutScripts = (manifest: object): unknown =>
  JSON.parse(JSON.stringify(manifest, (key, value: unknown) => (key === 'script' ? '...' : value)));

expect.addSnapshotSerializer({ test: () => true, serialize: (value) => dump(value, { lineWidth: -1, noRefs: true }) });

test('the runs by which a base, two stacks, two runtimes and a builder are made', () => {
  const runs = house()
    .manifests()
    .filter(({ kind }) => kind === 'PipelineRun');
  expect(runs).toMatchSnapshot();
});

test('the task by which stacks are made', () => {
  const task = house()
    .manifests()
    .find(({ metadata }) => metadata.name === 'stack-image');
  expect(withoutScripts(task ?? {})).toMatchSnapshot();
});
