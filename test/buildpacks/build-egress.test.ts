import { BuildEgress } from '../../lib/buildpacks/build-egress';
import { EnvironmentApp } from '../../lib/synth/app';
import { EnvironmentChart } from '../../lib/synth/chart';
import { DESTINATIONS } from '../../lib/tekton/egress';
import { house } from './house';

interface Spec {
  readonly podSelector: { readonly matchLabels?: Readonly<Record<string, string>> };
  readonly egress: readonly { readonly to?: unknown; readonly ports: readonly { readonly port: number }[] }[];
}

const policies = (registry = 'registry.test:5000') => {
  const app = new EnvironmentApp('test');
  const chart = new EnvironmentChart(app, 'chart', { namespace: 'builds' });
  const mirror = { debian: 'http://mirror.test/debian', security: 'https://security.test/debian' };
  new BuildEgress(chart, 'egress', { namespace: 'builds', registry, mirror });
  const found = app.synthesize().objects.map(({ manifest }) => [manifest.metadata.name, manifest['spec'] as Spec] as const);
  return Object.fromEntries(found);
};
const portsOf = (spec: Spec | undefined) => spec?.egress.flatMap(({ ports }) => ports.map(({ port }) => port));

test('no pod may call anything but the name server, unless its labels say where', () => {
  const { 'deny-egress': deny, ...others } = policies();
  expect([deny?.podSelector, portsOf(deny)]).toEqual([{}, [53, 53]]);
  expect(Object.keys(others).sort()).toEqual(DESTINATIONS.map((each) => `egress-${each}`).sort());
  expect(others['egress-mirror']?.podSelector).toEqual({
    matchLabels: { 'egress.cloud-services-buildpacks.toolforge.org/mirror': 'allowed' },
  });
});

test('registry and mirrors are the ports of their addresses', () => {
  expect([portsOf(policies()['egress-registry']), portsOf(policies()['egress-mirror'])]).toEqual([[5000], [80, 443]]);
  expect(portsOf(policies('registry.test')['egress-registry'])).toEqual([443]);
});

test('tasks carry labels of what they declare, which Tekton hands on to their pods', () => {
  const labels = Object.fromEntries(
    house()
      .manifests()
      .filter(({ kind }) => kind === 'Task')
      .map(({ metadata }) => [metadata.name, Object.keys(metadata.labels ?? {}).filter((label) => label.startsWith('egress.'))]),
  );
  const to = (...destinations: string[]) => destinations.map((each) => `egress.cloud-services-buildpacks.toolforge.org/${each}`);
  expect(labels).toMatchObject({
    'look-up': to('registry'),
    'base-image': to('mirror', 'registry'),
    'python-runtime-image': to('mirror', 'registry', 'sources'),
    'builder-image': to('registry'),
  });
});
