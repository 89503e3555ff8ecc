import { podSpecsOf, type Container } from '../synth/pod-specs';
import type { Policy, Violation } from './policy';

/**
 * What Toolforge's volume-admission mounts into the pods of tools, at the same path as on the node.
 *
 * @see facts/toolforge.md, B.2
 */
const TOOLFORGE = new Map<string, 'read-write' | 'read-only'>([
  ['/data/project', 'read-write'],
  ['/data/scratch', 'read-write'],
  ['/public/dumps', 'read-only'],
  ['/mnt/nfs/dumps-clouddumps1001.wikimedia.org', 'read-only'],
  ['/mnt/nfs/dumps-clouddumps1002.wikimedia.org', 'read-only'],
  ['/var/lib/sss/pipes', 'read-write'],
  ['/etc/wmcs-project', 'read-only'],
  ['/etc/ldap.conf', 'read-only'],
  ['/etc/ldap.yaml', 'read-only'],
  ['/etc/novaobserver.yaml', 'read-only'],
  ['/etc/openstack/clouds.yaml', 'read-only'],
]);

/** Pods mount nothing of the node but what Toolforge's webhook mounts. */
export const hostPaths: Policy = {
  name: 'host-paths',
  rule: "Only the pods of tools mount anything of the node, and only what Toolforge's volume-admission would.",
  check: ({ manifest }) =>
    podSpecsOf(manifest).flatMap(({ volumes, containers, labels }) =>
      volumes.flatMap(({ name, hostPath }): readonly Violation[] => {
        if (hostPath === undefined) return [];
        const mode = labels['toolforge'] === 'tool' ? TOOLFORGE.get(hostPath.path) : undefined;
        if (mode === undefined)
          return [
            {
              message: `volume '${name}' is ${hostPath.path} of the node; only pods labelled toolforge: tool may, and only Toolforge's own`,
            },
          ];
        return mode === 'read-only' ? containers.flatMap((container) => writable(container, name, hostPath.path)) : [];
      }),
    ),
};

function writable({ name: container = '', volumeMounts = [] }: Container, volume: string, path: string): readonly Violation[] {
  return volumeMounts
    .filter(({ name, readOnly }) => name === volume && readOnly !== true)
    .map(() => ({ container, message: `container '${container}' may write ${path} of the node; mount it with readOnly` }));
}
