import { ApiObject, Chart } from 'cdk8s';
import { EnvironmentApp } from '../../lib/synth/app';

function configMap(chart: Chart, id: string, name = id): ApiObject {
  return new ApiObject(chart, id, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } });
}

function charts(count: number): { app: EnvironmentApp; charts: Chart[] } {
  const app = new EnvironmentApp('test');
  return {
    app,
    charts: Array.from({ length: count }, (_, i) => new Chart(app, `chart${i}`, { disableResourceNameHashes: true })),
  };
}

describe('EnvironmentApp', () => {
  test('objects stand after what they depend on', () => {
    const {
      app,
      charts: [first, second],
    } = charts(2) as { app: EnvironmentApp; charts: [Chart, Chart] };
    const early = configMap(first, 'early');
    const late = configMap(first, 'late');
    early.node.addDependency(late);
    configMap(second, 'base');
    first.addDependency(second);
    const paths = app.synthesize().objects.map(({ path }) => path);
    expect(paths).toEqual(['chart1/base', 'chart0/late', 'chart0/early']);
  });

  test('a dependency binds whole subtrees, across charts too', () => {
    const {
      app,
      charts: [c0, c1, c2],
    } = charts(3) as { app: EnvironmentApp; charts: [Chart, Chart, Chart] };
    const a = configMap(c0, 'a');
    const y = configMap(c1, 'y');
    configMap(c2, 'z');
    a.node.addDependency(y);
    c1.addDependency(c2);
    expect(app.synthesize().objects.map(({ path }) => path)).toEqual(['chart2/z', 'chart1/y', 'chart0/a']);
  });

  test('a chain of charts takes linear time: 12 chained charts of 10 objects, on which cdk8s needs minutes', () => {
    const { app, charts: chain } = charts(12);
    chain.forEach((chart, i) => {
      for (let n = 0; n < 10; n++) configMap(chart, `object${n}`, `object-${i}-${n}`);
      const before = chain[i - 1];
      if (before) chart.addDependency(before);
    });
    expect(app.synthesize().objects).toHaveLength(120);
  });

  test('every problem is reported at once, by construct path', () => {
    const {
      app,
      charts: [chart],
    } = charts(1) as { app: EnvironmentApp; charts: [Chart] };
    configMap(chart, 'one', 'same');
    configMap(chart, 'two', 'same');
    configMap(chart, 'three', 'Not_Allowed');
    new ApiObject(chart, 'four', { apiVersion: 'tekton.dev/v1', kind: 'Task', metadata: { name: 'a'.repeat(64) } });
    expect(() => app.synthesize()).toThrow(
      /chart0\/three: .*'Not_Allowed'[^]*chart0\/four: .*64 characters[^]*chart0\/two: core\/ConfigMap same is declared by chart0\/one/,
    );
  });

  test('a cycle is named by its path', () => {
    const {
      app,
      charts: [chart],
    } = charts(1) as { app: EnvironmentApp; charts: [Chart] };
    const one = configMap(chart, 'one');
    const two = configMap(chart, 'two');
    one.node.addDependency(two);
    two.node.addDependency(one);
    expect(() => app.synthesize()).toThrow('dependency cycle: chart0/one -> chart0/two -> chart0/one');
  });

  test("a chart's namespace is not written into objects that have none", () => {
    const app = new EnvironmentApp('test');
    const chart = new Chart(app, 'chart', { namespace: 'builds', disableResourceNameHashes: true });
    new ApiObject(chart, 'ns', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'builds' } });
    configMap(chart, 'map');
    expect(app.synthesize().objects.map(({ manifest }) => manifest.metadata)).toEqual([
      { name: 'builds' },
      { name: 'map', namespace: 'builds' },
    ]);
  });

  test('what cdk8s would write by itself is refused', () => {
    expect(() => new EnvironmentApp('test').synth()).toThrow('use synthesize()');
  });
});
