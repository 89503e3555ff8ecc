import { podSpecsOf, type Container } from '../synth/pod-specs';
import { podsOfRun, runSpecOf } from '../synth/tekton-specs';
import type { Policy, Violation } from './policy';
import { isOfTool } from './tool-pods';

/** A place of the node that pods of tools may mount, and whether they may write it. */
export interface AllowedHostPath {
  readonly path: string;
  readonly mode: 'ro' | 'rw';
}

/** Pods mount nothing of the node; those of tools mount what Toolforge's volume-admission would (facts/toolforge.md, B.2), as it would. */
export function hostPaths(allowed: readonly AllowedHostPath[]): Policy {
  const modes = new Map(allowed.map(({ path, mode }) => [path, mode]));
  return {
    name: 'host-paths',
    rule: "Only the pods of tools mount anything of the node, and only what Toolforge's volume-admission would.",
    check: ({ manifest }) => [
      ...podSpecsOf(manifest).flatMap((pod) =>
        pod.volumes.flatMap(({ name, hostPath }): readonly Violation[] => {
          if (hostPath === undefined) return [];
          const mode = isOfTool(manifest, pod) ? modes.get(hostPath.path) : undefined;
          if (mode === undefined) return [refused(`volume '${name}'`, hostPath.path)];
          return mode === 'ro' ? pod.containers.flatMap((container) => writable(container, name, hostPath.path)) : [];
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
}

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
