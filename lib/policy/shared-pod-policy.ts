import { posix } from 'node:path';
import { type Container, type Mount, podSpecsOf, type PodSpec, type PodVolume } from '../synth/pod-specs';
import { podsOfRun, runSpecOf } from '../synth/tekton-specs';
import type { Manifest } from '../synth/synthesized';
import type { Policy, Violation } from './policy';

// Every step of a Tekton pod can write these, whatever it mounts.
const SHARED = ['/workspace', '/tekton'];

/**
 * What a step that holds a credential reads, no step before it could write that runs what is built: whatever is not the toolbox. A step that
 * seems to have ended may still run (it can write the file by which the next one starts), and Tekton reads results at the end of every step
 * and follows links. So such a pod has no results, and what it does hold after built code is a copy in memory, which the step takes away.
 *
 * A credential is a Secret, by a volume or a variable, what a CSI driver gives, a token of the API server, or a copy in memory. What a run hands to every step of a
 * pod, be it a Secret or a token, the policies `credentials` and `no-token` refuse.
 *
 * @param trusted - the images that hold nothing that is built here
 */
export function sharedPods(trusted: readonly string[]): Policy {
  return {
    name: 'shared-pods',
    rule: 'Nothing that is built can write what a step with a credential reads.',
    check: ({ manifest }) => [
      ...podSpecsOf(manifest).flatMap((pod) => (pod.noun === 'step' ? problemsOf(pod, trusted) : [])),
      ...homesOfRun(manifest),
    ],
  };
}

/** The variables of a run's podTemplate win over those of steps: https://tekton.dev/docs/pipelines/podtemplates/ */
function homesOfRun(manifest: Manifest): readonly Violation[] {
  return podsOfRun(runSpecOf(manifest) ?? {})
    .filter(({ podTemplate }) => podTemplate?.env?.some(({ name }) => name === 'HOME'))
    .map(({ where }) => ({ message: `${where} sets HOME, also for steps that hold a credential; set it in steps` }));
}

function problemsOf(pod: PodSpec, trusted: readonly string[]): readonly Violation[] {
  const secrets = named(pod.volumes, isSecret);
  const copies = named(pod.volumes, ({ emptyDir }) => emptyDir?.medium === 'Memory');
  const written = new Set<string>();
  let untrusted: string | undefined;
  return pod.containers.flatMap((step): readonly Violation[] => {
    const { name: container = '', image = '', env = [] } = step;
    const mounts = mountsOf(step, pod);
    const holdsSecret = mounts.some(({ name }) => secrets.has(name)) || hasSecretVariable(step);
    const holdsCopy = mounts.some(({ name }) => copies.has(name));
    if (!trusted.includes(image)) {
      untrusted ??= container;
      for (const { name, readOnly } of mounts) if (readOnly !== true) written.add(name);
      const message = `step '${container}' holds a credential in the image ${image}; use the toolbox, whose programs are not built here`;
      return holdsSecret || holdsCopy ? [{ container, message }] : [];
    }
    if (!holdsSecret && !holdsCopy) return [];
    const home = env.findLast(({ name }) => name === 'HOME')?.value;
    const holds = `step '${container}' holds`;
    return [
      ...(home === undefined || isShared(home, mounts)
        ? [`${holds} a credential, and its HOME is ${home ?? 'not set'}; set one of its own container, such as /tmp`]
        : []),
      ...(untrusted !== undefined && pod.hasResults
        ? [`${holds} a credential in a task with results, which step '${untrusted}' can write; ask for them in another task`]
        : []),
      ...(untrusted !== undefined && holdsSecret
        ? [
            `${holds} a Secret or a token, which stays there while Tekton follows what step '${untrusted}' has left; ` +
              'let a step before that one hand over a copy in memory',
          ]
        : []),
      ...mounts
        .filter(({ name }) => written.has(name))
        .map(
          ({ name }) =>
            `${holds} a credential and reads '${name}', which a step before it can write that runs what is built; let the toolbox copy it`,
        ),
    ].map((message) => ({ container, message }));
  });
}

/** What a step mounts: volumes, and the workspaces of its task. One that a step names for itself, only such steps have. */
function mountsOf({ volumeMounts = [], workspaces: own = [] }: Container, { workspaces, containers }: PodSpec): readonly Mount[] {
  const apart = new Set(containers.flatMap((each) => each.workspaces ?? []).map(({ name }) => name));
  return [
    ...volumeMounts,
    ...workspaces
      .filter(({ name }) => !apart.has(name) || own.some((each) => each.name === name))
      .map(({ name, mountPath, readOnly = false }) => ({
        name: `workspaces.${name}`,
        mountPath: own.find((each) => each.name === name)?.mountPath ?? mountPath ?? `/workspace/${name}`,
        readOnly,
      })),
  ];
}

function isSecret({ secret, csi, projected }: PodVolume): boolean {
  const sources = projected?.sources ?? [];
  return (
    secret !== undefined ||
    csi !== undefined ||
    sources.some((each) => each.secret !== undefined || each.serviceAccountToken !== undefined)
  );
}

function hasSecretVariable({ env = [], envFrom = [] }: Container): boolean {
  return env.some(({ valueFrom }) => valueFrom?.secretKeyRef) || envFrom.some(({ secretRef }) => secretRef);
}

function named(volumes: readonly PodVolume[], is: (volume: PodVolume) => boolean): ReadonlySet<string> {
  return new Set(volumes.filter(is).map(({ name }) => name));
}

/** Whether a folder is, or may be, where others write: of one that a variable names it cannot be told. */
function isShared(home: string, mounts: readonly Mount[]): boolean {
  const isBelow = (path: string): boolean => !/^\.\.(\/|$)/.test(posix.relative(path, home));
  return !home.startsWith('/') || home.includes('$(') || [...SHARED, ...mounts.map(({ mountPath }) => mountPath)].some(isBelow);
}
