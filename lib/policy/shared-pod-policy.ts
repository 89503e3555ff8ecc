import { type Container, podSpecsOf, type PodVolume } from '../synth/pod-specs';
import { runSpecOf } from '../synth/tekton-specs';
import type { Policy, Violation } from './policy';

// Every step of a Tekton pod can write these, whatever it mounts.
const SHARED = ['/workspace', '/tekton'];

/**
 * What a step that holds a credential reads, no step before it could write that runs what is built: whatever is not the toolbox. A step that
 * seems to have ended may still run (it can write the file by which the next one starts), and Tekton reads results at the end of every step
 * and follows links. So such a pod has no results, and what it does hold after built code is a copy in memory, which the step takes away.
 *
 * @param trusted - the images that hold nothing that is built here
 */
export function sharedPods(trusted: readonly string[]): Policy {
  return {
    name: 'shared-pods',
    rule: 'Nothing that is built can write what a step with a credential reads.',
    check: ({ manifest }) => {
      const { results = [] } = (manifest['spec'] ?? {}) as { readonly results?: readonly unknown[] };
      if (runSpecOf(manifest) !== undefined) return [];
      return podSpecsOf(manifest).flatMap(({ noun, containers, volumes }) =>
        noun === 'step' ? problemsOf(containers, volumes, { trusted, hasResults: results.length > 0 }) : [],
      );
    },
  };
}

interface Task {
  readonly trusted: readonly string[];
  readonly hasResults: boolean;
}

function problemsOf(
  steps: readonly Container[],
  volumes: readonly PodVolume[],
  { trusted, hasResults }: Task,
): readonly Violation[] {
  const secrets = named(
    volumes,
    ({ secret, projected }) => secret !== undefined || projected?.sources?.some(({ secret: s }) => s) === true,
  );
  const copies = named(volumes, ({ emptyDir }) => emptyDir?.medium === 'Memory');
  const written = new Set<string>();
  let untrusted: string | undefined;
  return steps.flatMap((step): readonly Violation[] => {
    const { name: container = '', image = '', volumeMounts = [], env = [] } = step;
    const mounts = volumeMounts.map(({ name }) => name);
    const holdsSecret = mounts.some((name) => secrets.has(name)) || env.some(({ valueFrom }) => valueFrom?.secretKeyRef);
    const holdsCopy = mounts.some((name) => copies.has(name));
    if (!trusted.includes(image)) {
      untrusted ??= container;
      for (const { name, readOnly } of volumeMounts) if (readOnly !== true) written.add(name);
      return holdsSecret || holdsCopy
        ? [
            {
              container,
              message: `step '${container}' holds a credential in the image ${image}; use the toolbox, whose programs are not built here`,
            },
          ]
        : [];
    }
    if (!holdsSecret && !holdsCopy) return [];
    const home = env.find(({ name }) => name === 'HOME')?.value;
    return [
      ...(home === undefined || isShared(home, volumeMounts)
        ? [
            `step '${container}' holds a credential, and its HOME is ${home ?? 'not set'}; set one of its own container, such as /tmp`,
          ]
        : []),
      ...(untrusted === undefined
        ? []
        : [
            ...(hasResults
              ? [
                  `step '${container}' holds a credential in a task with results, which step '${untrusted}' can write; ask for them in another task`,
                ]
              : []),
            ...(holdsSecret
              ? [
                  `step '${container}' holds a Secret, which stays there while Tekton follows what step '${untrusted}' has left; let a step before that one hand over a copy in memory`,
                ]
              : []),
            ...mounts
              .filter((name) => written.has(name))
              .map(
                (name) =>
                  `step '${container}' holds a credential and reads '${name}', which a step before it can write that runs what is built; let the toolbox copy it`,
              ),
          ]),
    ].map((message) => ({ container, message }));
  });
}

function named(volumes: readonly PodVolume[], is: (volume: PodVolume) => boolean): ReadonlySet<string> {
  return new Set(volumes.filter(is).map(({ name }) => name));
}

function isShared(home: string, mounts: readonly { readonly mountPath: string }[]): boolean {
  return [...SHARED, ...mounts.map(({ mountPath }) => mountPath)].some((path) => home === path || home.startsWith(`${path}/`));
}
