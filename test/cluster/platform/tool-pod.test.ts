/** What a tool's pod finds on the node: its home, its name, and no way out. */
import { outputOfPod } from '../pod-output';

const IMAGE = 'registry.local:5000/platform/toolbox:bookworm';

/** Runs a script in a pod of the shape that tools have: the tool's UID and GID, its home, no capabilities. */
function inToolPod(uid: number, script: string): string {
  const spec = {
    automountServiceAccountToken: false,
    securityContext: {
      runAsUser: uid,
      runAsGroup: uid,
      fsGroup: uid,
      runAsNonRoot: true,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    containers: [
      {
        name: 'webservice',
        image: IMAGE,
        command: ['/bin/sh', '-c', script],
        securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
        volumeMounts: [{ name: 'home', mountPath: '/data/project' }],
      },
    ],
    volumes: [{ name: 'home', hostPath: { path: '/data/project', type: 'Directory' } }],
  };
  return outputOfPod({ name: `tool-pod-${uid}`, namespace: 'default', spec });
}

test('a tool writes its own home and no other, and new files belong to it', () => {
  const output = inToolPod(
    50001,
    'stat -c "%a %u %g" /data/project/demo-one; echo x > /data/project/demo-one/made && stat -c "%u %g" /data/project/demo-one/made && rm /data/project/demo-one/made; ' +
      'touch /data/project/demo-two/made 2>/dev/null && echo INTRUDED; echo done',
  );
  expect(output).toBe('2775 50001 50001\n50001 50001\ndone\n');
});

test('names of the cluster resolve, others do not; the package cache serves Debian and nothing else', () => {
  const output = inToolPod(
    50002,
    [
      'getent hosts kubernetes.default.svc.cluster.local > /dev/null && echo cluster',
      'getent hosts example.org > /dev/null || echo "no outside"',
      'for path in debian/dists/bookworm/InRelease debian-security/dists/bookworm-security/InRelease; do',
      "  curl -s -o /dev/null -w '%{http_code} ' http://packages.local:3142/$path; done",
      "curl -s -o /dev/null -m 10 -w '%{http_code}' -x http://packages.local:3142 http://example.org/",
    ].join('\n'),
  );
  expect(output).toBe('cluster\nno outside\n200 200 403');
});
