import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiObject, Chart } from 'cdk8s';
import { EnvironmentApp } from '../../lib/synth/app';
import { EnvironmentChart, sourceOf } from '../../lib/synth/chart';
import { renderChart } from '../../lib/synth/dist';

const root = join(__dirname, '../..');

function configMap(chart: Chart, id: string): ApiObject {
  return new ApiObject(chart, id, { apiVersion: 'v1', kind: 'ConfigMap' });
}

test('minimal: names without hashes, no namespace', () => {
  const object = configMap(new EnvironmentChart(new EnvironmentApp('test'), 'chart'), 'map');
  expect(object.toJson()).toMatchObject({ metadata: { name: 'chart-map' } });
  expect(object.metadata.namespace).toBeUndefined();
});

test('with a namespace: that of its objects which name none', () => {
  const chart = new EnvironmentChart(new EnvironmentApp('test'), 'chart', { namespace: 'builds' });
  expect(configMap(chart, 'map').metadata.namespace).toBe('builds');
});

test('it knows the file that declares it, and dist/ names that file', () => {
  const app = new EnvironmentApp('test');
  const chart = new EnvironmentChart(app, 'chart');
  const object = configMap(chart, 'map');
  expect(chart.source).toBe('test/synth/chart.test.ts');
  expect(sourceOf(object)).toBe(chart.source);
  const [synthesized] = app.synthesize().charts;
  expect(synthesized && renderChart(synthesized).split('\n')[0]).toBe(
    '# Synthesized by `npm run synth` from test/synth/chart.test.ts. Review it, do not edit it.',
  );
});

test('a plain chart is synthesized as well; it names the folder of declarations', () => {
  const app = new EnvironmentApp('test');
  configMap(new Chart(app, 'chart', { disableResourceNameHashes: true }), 'map');
  const [synthesized] = app.synthesize().charts;
  expect(synthesized?.source).toBe('stacks/');
});

test('finding the file leaves the ways of Error as they were', () => {
  const ways = () => ['prepareStackTrace', 'stackTraceLimit'].map((way) => Object.getOwnPropertyDescriptor(Error, way));
  const before = ways();
  new EnvironmentChart(new EnvironmentApp('test'), 'chart');
  expect(ways()).toEqual(before);
});

// The class's file counts, not that of who constructs it; as all commands and Pulumi run it.
describe('a class in a file of its own', () => {
  // A name that linters leave alone: they run beside the tests.
  const folder = mkdtempSync(join(root, 'test/synth/.declared-'));
  const name = folder.slice(root.length + 1);
  beforeAll(() => {
    writeFileSync(
      join(folder, 'declared.ts'),
      `import { EnvironmentChart } from '../../../lib/synth/chart';
       export class Declared extends EnvironmentChart {}
       export class Constructed extends EnvironmentChart { constructor(app) { super(app, 'constructed'); } }`,
    );
    writeFileSync(
      join(folder, 'main.ts'),
      `import { EnvironmentApp } from '../../../lib/synth/app';
       import { Constructed, Declared } from './declared';
       const app = new EnvironmentApp('test');
       const deep = (n) => n === 0 ? new Constructed(app).source : deep(n - 1);
       console.log(deep(200), new Declared(app, 'declared').source);`,
    );
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  test('as our commands run', () => {
    const command = ['--require', './cli/require.cjs', join(folder, 'main.ts')];
    const said = execFileSync(process.execPath, command, { cwd: root, encoding: 'utf8' });
    expect(said.trim().split(' ')).toEqual([`${name}/declared.ts`, `${name}/declared.ts`]);
  });
});
