import { EnvironmentApp } from '../../lib/synth/app';
import { EnvironmentChart } from '../../lib/synth/chart';
import { toolOf } from '../../lib/toolforge/tool';
import { ToolNamespace } from '../../lib/toolforge/tool-namespace';
import { Webservice } from '../../lib/toolforge/webservice';

const tool = toolOf('tools', { name: 'wikihistory', uid: 51234 });
const webservice = { type: 'generic', image: 'registry.example/x:latest', mountsBy: 'admission' } as const;

test('ToolNamespace is labelled as Toolforge labels it, and admits mounts of the node', () => {
  const app = new EnvironmentApp('test');
  const namespace = new ToolNamespace(new EnvironmentChart(app, 'tools'), 'wikihistory', tool);
  expect(namespace.tool).toBe(tool);
  expect(app.synthesize().objects.map(({ path, manifest }) => ({ path, manifest }))).toEqual([
    {
      path: 'tools/wikihistory',
      manifest: {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: {
          name: 'tool-wikihistory',
          labels: { name: 'tool-wikihistory', tenancy: 'tool', 'pod-security.kubernetes.io/enforce': 'privileged' },
        },
        spec: {},
      },
    },
  ]);
});

test('what is declared for a namespace of ours stands after it, and is told the tool', () => {
  const app = new EnvironmentApp('test');
  const chart = new EnvironmentChart(app, 'tools');
  const apart = new EnvironmentChart(app, 'a-chart-that-sorts-first');
  const namespace = new ToolNamespace(chart, 'namespace', tool);
  new Webservice(apart, 'web', { tool: namespace, ...webservice });
  const objects = app.synthesize().objects.map(({ manifest }) => `${manifest.kind} ${manifest.metadata.name}`);
  expect(objects).toEqual(['Namespace tool-wikihistory', 'Deployment wikihistory', 'Service wikihistory']);
});

test('a namespace of others is referred to, and not declared', () => {
  const app = new EnvironmentApp('test');
  const chart = new EnvironmentChart(app, 'tools');
  const namespace = ToolNamespace.fromTool(chart, 'namespace', tool);
  new Webservice(chart, 'web', { tool: namespace, ...webservice });
  expect(namespace.tool).toBe(tool);
  expect(app.synthesize().objects.map(({ manifest }) => manifest.kind)).toEqual(['Deployment', 'Service']);
});
