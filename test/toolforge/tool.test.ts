import { Chart } from 'cdk8s';
import { EnvironmentApp } from '../../lib/synth/app';
import { storageOf, ToolNamespace, toolOf } from '../../lib/toolforge/tool';

const tool = toolOf('tools', { name: 'wikihistory', uid: 51234 });

describe('toolOf', () => {
  test('a tool has one account, home and namespace by its name', () => {
    expect(tool).toEqual({
      name: 'wikihistory',
      uid: 51234,
      account: 'tools.wikihistory',
      home: '/data/project/wikihistory',
      namespace: 'tool-wikihistory',
    });
  });

  test('the account has the project in front', () => {
    expect(toolOf('toolsbeta', { name: 'test', uid: 50000 }).account).toBe('toolsbeta.test');
  });

  test.each([0, 1000, 49999, 50000.5, Number.NaN])('UID %p is none of a tool', (uid) => {
    expect(() => toolOf('tools', { name: 'x', uid })).toThrow(`tool 'x' has the UID ${uid}`);
  });

  test.each(['', 'A', '-a', 'a_b', 'a'.repeat(59)])("'%s' makes no namespace", (name) => {
    expect(() => toolOf('tools', { name, uid: 50001 })).toThrow('DNS label of at most 63 characters');
  });
});

describe('storageOf', () => {
  test('by admission, the label says it all', () => {
    expect(storageOf(tool, 'all', 'admission')).toEqual({ labels: { 'toolforge.org/mount-storage': 'all' } });
  });

  test('without mounts there is no environment either, as with the webhook', () => {
    expect(storageOf(tool, 'none', 'declared')).toEqual({ labels: { 'toolforge.org/mount-storage': 'none' } });
  });

  test("declared: all tools' homes and the pipes of sssd, both writable, and the home in the environment", () => {
    expect(storageOf(tool, 'all', 'declared')).toEqual({
      labels: { 'toolforge.org/mount-storage': 'all' },
      volumes: [
        { name: 'home', hostPath: { path: '/data/project', type: 'Directory' } },
        { name: 'sssd-pipes', hostPath: { path: '/var/lib/sss/pipes', type: 'Directory' } },
      ],
      volumeMounts: [
        { name: 'home', mountPath: '/data/project' },
        { name: 'sssd-pipes', mountPath: '/var/lib/sss/pipes' },
      ],
      env: [
        { name: 'HOME', value: '/data/project/wikihistory' },
        { name: 'TOOL_DATA_DIR', value: '/data/project/wikihistory' },
      ],
    });
  });
});

test('ToolNamespace is labelled as Toolforge labels it, and admits mounts of the node', () => {
  const app = new EnvironmentApp('test');
  const namespace = new ToolNamespace(new Chart(app, 'tools', { disableResourceNameHashes: true }), 'wikihistory', tool);
  expect(namespace.name).toBe('tool-wikihistory');
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
      },
    },
  ]);
});
