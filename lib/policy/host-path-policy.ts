import { podSpecsOf, type Container } from '../synth/pod-specs';
import { podsOfRun, runSpecOf } from '../synth/tekton-specs';
import type { Policy, Violation } from './policy';
import { isOfTool } from './tool-pods';

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
  check: ({ manifest }) => [
    ...podSpecsOf(manifest).flatMap((pod) =>
      pod.volumes.flatMap(({ name, hostPath }): readonly Violation[] => {
        if (hostPath === undefined) return [];
        const mode = isOfTool(manifest, pod) ? TOOLFORGE.get(hostPath.path) : undefined;
        if (mode === undefined) return [refused(`volume '${name}'`, hostPath.path)];
        return mode === 'read-only' ? pod.containers.flatMap((container) => writable(container, name, hostPath.path)) : [];
      }),
    ),
    // What a run adds to the pods of its tasks, which are never a tool's.
    ...podsOfRun(runSpecOf(manifest) ?? {}).flatMap(({ where, podTemplate }) =>
      (podTemplate?.volumes ?? []).flatMap(({ name, hostPath }) =>
        hostPath === undefined ? [] : [refused(`volume '${name}' in ${where}`, hostPath.path)],
      ),
    ),
  ],
};

function refused(volume: string, path: string): Violation {
  return {
    message: `${volume} is ${path} of the node; only pods labelled toolforge: tool in a namespace tool-* may, and only Toolforge's own`,
  };
}

function writable({ name: container = '', volumeMounts = [] }: Container, volume: string, path: string): readonly Violation[] {
  return volumeMounts
    .filter(({ name, readOnly }) => name === volume && readOnly !== true)
    .map(() => ({ container, message: `container '${container}' may write ${path} of the node; mount it with readOnly` }));
}
