/** Constructs that are renamed or moved, on the real engine: with an alias nothing in the cluster changes, without one it is refused. */
import { kubectl } from '../checkout';
import { SmallProject } from './small-project';
import type { SmallDeclaration } from './small-program';

const project = new SmallProject('test-aliases');
const config = { kind: 'ConfigMap', name: 'config' } as const;
const task = { kind: 'Task', name: 'task' } as const;
const other = { kind: 'ConfigMap', name: 'other' } as const;

beforeAll(async () => {
  project.declare({ charts: { first: { config, task }, second: { other } } });
  expect((await project.up()).output).toMatch(/\+ 7 created|\+ 6 created/);
});
afterAll(() => {
  project.remove();
});

/** Everything that the tests declare is the objects of the beginning, so each must find them untouched. */
async function mustChangeNothing(declaration: Omit<SmallDeclaration, 'namespace'>): Promise<void> {
  const before = project.liveObjects();
  project.declare(declaration);
  const preview = await project.pulumi('preview');
  const { code, output } = await project.up();
  for (const each of [preview.output, output]) {
    expect(each).not.toMatch(/kubernetes:\S+ .*(creat|delet|replac|updat)/);
    expect(each).not.toMatch(/\d+ (to )?(update|replace)/);
  }
  expect(code).toBe(0);
  expect(project.liveObjects()).toBe(before);
  // Nor does Pulumi's state still have them under the old names: it would delete them with the alias.
  expect((await project.up('--expect-no-changes')).code).toBe(0);
}

test('a renamed construct', async () => {
  await mustChangeNothing({
    charts: { first: { settings: config, task }, second: { other } },
    aliases: { 'first/config': 'first/settings' },
  });
});

test('a construct moved to another chart, renamed before', async () => {
  await mustChangeNothing({
    charts: { first: { task }, second: { other, settings: config } },
    aliases: { 'first/config': 'first/settings', 'first/settings': 'second/settings' },
  });
});

test('a renamed chart, after all that', async () => {
  await mustChangeNothing({
    charts: { first: { task }, platform: { other, settings: config } },
    aliases: { 'first/config': 'first/settings', 'first/settings': 'second/settings', second: 'platform' },
  });
});

test('a construct moved to a chart that is new, its own being gone', async () => {
  await mustChangeNothing({
    charts: { tasks: { hello: task }, platform: { other, settings: config } },
    aliases: {
      'first/config': 'first/settings',
      'first/settings': 'second/settings',
      second: 'platform',
      'first/task': 'tasks/hello',
    },
  });
});

const aliases = {
  'first/config': 'first/settings',
  'first/settings': 'second/settings',
  second: 'platform',
  'first/task': 'tasks/hello',
};

test('without an alias it is refused, and the object lives', async () => {
  const before = project.liveObjects();
  project.declare({ charts: { tasks: { greeting: task }, platform: { other, settings: config } }, aliases });
  for (const { code, output } of [await project.pulumi('preview'), await project.up()]) {
    expect(output).toContain('tasks/greeting: tekton.dev/Task test-aliases/task exists and was declared by first/task');
    expect(output).toContain("say so in stacks/aliases.ts: 'first/task': 'tasks/greeting'");
    expect(code).not.toBe(0);
  }
  expect(project.liveObjects()).toBe(before);
});

test('an alias that would rename the object itself is refused, and the object lives', async () => {
  const before = project.liveObjects();
  project.declare({
    charts: { tasks: { hello: { ...task, name: 'hello' } }, platform: { other, settings: config } },
    aliases,
  });
  const { code, output } = await project.up();
  expect(output).toContain("an object cannot be renamed. Give it metadata.name 'task' again, or remove the alias");
  expect(code).not.toBe(0);
  expect(project.liveObjects()).toBe(before);
});

test('the object keeps the path that it was first declared under', () => {
  const path = '{.metadata.annotations.cloud-services-buildpacks\\.toolforge\\.org/path}';
  expect(kubectl('get', 'configmap', 'config', '-n', 'test-aliases', '-o', `jsonpath=${path}`)).toBe('first/config');
});
