import { Chart } from 'cdk8s';
import { EnvironmentApp } from '../../lib/synth/app';
import type { Manifest } from '../../lib/synth/synthesized';
import { toolOf } from '../../lib/toolforge/tool';
import type { WebserviceProps } from '../../lib/toolforge/webservice';
import { Webservice } from '../../lib/toolforge/webservice';

const base = {
  tool: toolOf('tools', { name: 'wikihistory', uid: 51234 }),
  type: 'uwsgi-python',
  image: 'registry.example/toolforge-python311-sssd-web:latest',
  mountsBy: 'admission',
} satisfies WebserviceProps;

const labels = {
  'app.kubernetes.io/component': 'web',
  'app.kubernetes.io/managed-by': 'webservice',
  toolforge: 'tool',
  name: 'wikihistory',
};

function webservice(props: Partial<WebserviceProps> = {}): { url: string; deployment: Manifest; service: Manifest } {
  const app = new EnvironmentApp('test');
  const chart = new Chart(app, 'tools', { disableResourceNameHashes: true });
  const { url } = new Webservice(chart, 'wikihistory', { ...base, ...props });
  const [deployment, service] = app.synthesize().objects.map(({ manifest }) => manifest);
  return { url, deployment: deployment as Manifest, service: service as Manifest };
}

interface Template {
  readonly metadata: { readonly labels: object };
  readonly spec: { readonly volumes?: readonly object[]; readonly containers: readonly [Record<string, unknown>] };
}
const templateOf = (deployment: Manifest): Template => (deployment['spec'] as { template: Template }).template;

describe('Webservice', () => {
  test('minimal: the Deployment that `webservice python3.11 start` makes', () => {
    expect(webservice().deployment).toEqual({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'wikihistory', namespace: 'tool-wikihistory', labels },
      spec: {
        replicas: 1,
        selector: { matchLabels: labels },
        template: {
          metadata: { labels: { ...labels, 'toolforge.org/mount-storage': 'all' } },
          spec: {
            automountServiceAccountToken: false,
            securityContext: {
              runAsUser: 51234,
              runAsGroup: 51234,
              fsGroup: 51234,
              runAsNonRoot: true,
              seccompProfile: { type: 'RuntimeDefault' },
            },
            containers: [
              {
                name: 'webservice',
                image: 'registry.example/toolforge-python311-sssd-web:latest',
                imagePullPolicy: 'Always',
                command: ['/usr/bin/webservice-runner', '--type', 'uwsgi-python', '--port', '8000'],
                workingDir: '/data/project/wikihistory/',
                ports: [{ name: 'http', containerPort: 8000, protocol: 'TCP' }],
                resources: { limits: { cpu: '500m', memory: '512Mi' }, requests: { cpu: '125m', memory: '256Mi' } },
                securityContext: {
                  allowPrivilegeEscalation: false,
                  capabilities: { drop: ['ALL'] },
                  privileged: false,
                  readOnlyRootFilesystem: false,
                  runAsUser: 51234,
                  runAsGroup: 51234,
                },
                startupProbe: { tcpSocket: { port: 8000 }, periodSeconds: 1, failureThreshold: 120, timeoutSeconds: 5 },
              },
            ],
          },
        },
      },
    });
  });

  test('the Service finds the pods, and the URL the Service', () => {
    const { service, url, deployment } = webservice();
    expect(service).toMatchObject({
      metadata: { name: 'wikihistory', namespace: 'tool-wikihistory' },
      spec: { selector: labels, ports: [{ port: 8000, targetPort: 8000 }] },
    });
    expect(templateOf(deployment).metadata.labels).toMatchObject(labels);
    expect(url).toBe('http://wikihistory.tool-wikihistory.svc:8000/');
  });

  test('with declared mounts, the container sees its home', () => {
    const { volumes, containers } = templateOf(webservice({ mountsBy: 'declared' }).deployment).spec;
    expect(volumes).toHaveLength(11);
    expect(containers[0]).toMatchObject({
      env: expect.arrayContaining([{ name: 'HOME', value: '/data/project/wikihistory' }]) as unknown,
      volumeMounts: expect.arrayContaining([{ name: 'home', mountPath: '/data/project' }]) as unknown,
    });
  });

  test('can go without mounts', () => {
    const template = templateOf(webservice({ mountsBy: 'declared', mount: 'none' }).deployment);
    expect(template.metadata.labels).toMatchObject({ 'toolforge.org/mount-storage': 'none' });
    expect(template.spec).not.toHaveProperty('volumes');
    expect(template.spec.containers[0]).not.toHaveProperty('env');
  });

  test("the runner's arguments come first, the tool's after them", () => {
    const { containers } = templateOf(
      webservice({ type: 'generic', extraArguments: ['./serve', '--port', '8000'] }).deployment,
    ).spec;
    expect(containers[0]['command']).toEqual(
      '/usr/bin/webservice-runner --type generic --port 8000 ./serve --port 8000'.split(' '),
    );
  });
});

test.each<[string, Partial<WebserviceProps>, string]>([
  ['replicas', { replicas: -1 }, 'tools/wikihistory: replicas is -1: expected is a whole number from 1 on'],
  ['no image', { image: 'python 3.11' }, "the image 'python 3.11' of container 'webservice' is no reference of one"],
  [
    'a name that no Service can have',
    { tool: toolOf('tools', { name: '1lib1ref', uid: 51234 }) },
    "tools/wikihistory: the tool '1lib1ref' can have no webservice: its Service would have that name, which has to start with a letter",
  ],
])('what cannot be is refused at synth: %s', (_, props, message) => {
  expect(() => webservice(props)).toThrow(message);
});

test('arguments arrive as they are', () => {
  const [{ command }] = templateOf(webservice({ extraArguments: ['--set=$(HOME)$$'] }).deployment).spec.containers;
  expect((command as readonly string[]).at(-1)).toBe('--set=$$(HOME)$$$$');
});
