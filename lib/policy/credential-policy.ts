import { type Container, podSpecsOf, type PodVolume } from '../synth/pod-specs';
import type { Manifest } from '../synth/synthesized';
import { podsOfRun, runSpecOf } from '../synth/tekton-specs';
import type { Policy, Violation } from './policy';

/** The steps that may hold a credential: the name of a task to those of its steps, `{ promotion: ['promote'] }`. */
export type CredentialSteps = Readonly<Record<string, readonly string[]>>;

/**
 * Secrets are seen by the steps that pull or push, which are listed here, and by nothing else. So they are volumes of tasks: what a run or
 * a service account has, every step is handed.
 *
 * A listed step that holds none is not told: where a registry takes pushes without credentials, none does.
 */
export function credentials(steps: CredentialSteps): Policy {
  return {
    name: 'credentials',
    rule: 'Only steps that pull or push hold a credential.',
    check: ({ manifest }) => [
      ...inContainers(manifest, new Set(manifest.kind === 'Task' ? (steps[manifest.metadata.name] ?? []) : [])),
      ...inRun(manifest),
      ...inAccount(manifest),
    ],
  };
}

function inContainers(manifest: Manifest, allowed: ReadonlySet<string>): readonly Violation[] {
  return podSpecsOf(manifest).flatMap(({ containers, volumes, noun }) => {
    const secrets = new Map(volumes.map((volume) => [volume.name, secretsOf(volume)]));
    return containers
      .filter(({ name = '' }) => !allowed.has(name))
      .flatMap((container): readonly Violation[] => {
        const held = [...new Set(secretsIn(container, secrets))];
        if (held.length === 0) return [];
        const { name = '' } = container;
        return [
          {
            container: name,
            message: `${noun} '${name}' holds the Secret ${held.join(', ')}; take it away, or list it among the steps that pull or push`,
          },
        ];
      });
  });
}

/** Workspaces, and what templates add to the pod of every task. */
function inRun(manifest: Manifest): readonly Violation[] {
  const run = runSpecOf(manifest);
  if (run === undefined) return [];
  return [
    ...(run.workspaces ?? []).flatMap((workspace) => handed(`its workspace '${workspace.name}'`, secretsOf(workspace))),
    ...podsOfRun(run).flatMap(({ where, podTemplate: { volumes = [], env = [] } = {} }) =>
      handed(where, [...volumes.flatMap(secretsOf), ...secretsIn({ env }, new Map())]),
    ),
  ];
}

/** Tekton hands the secrets of a service account to every step that runs as it. Those for pulling images are the node's alone. */
function inAccount({ kind, ...rest }: Manifest): readonly Violation[] {
  if (kind !== 'ServiceAccount') return [];
  const secrets = (rest['secrets'] ?? []) as readonly { readonly name?: string }[];
  return handed(
    'secrets',
    secrets.map(({ name = '' }) => name),
  );
}

function handed(where: string, secrets: readonly string[]): readonly Violation[] {
  if (secrets.length === 0) return [];
  const names = [...new Set(secrets)].join(', ');
  return [
    { message: `${where} gives the Secret ${names} to every step; make it a volume of the task whose step pulls or pushes` },
  ];
}

/**
 * Of a volume in memory it is what a step has put there, for another (lib/registry/steps/credentials.sh); of a CSI driver, what a secrets store
 * holds.
 */
function secretsOf({ name, secret, csi, projected, emptyDir }: PodVolume): readonly string[] {
  if (emptyDir?.medium === 'Memory' || csi !== undefined) return [`in '${name}'`];
  return [secret, ...(projected?.sources ?? []).map((source) => source.secret)].flatMap((each) =>
    each === undefined ? [] : [each.secretName ?? each.name ?? ''],
  );
}

function secretsIn(
  { volumeMounts = [], env = [], envFrom = [] }: Container,
  volumes: ReadonlyMap<string, readonly string[]>,
): readonly string[] {
  return [
    ...volumeMounts.flatMap(({ name }) => volumes.get(name) ?? []),
    ...env.map(({ valueFrom }) => valueFrom?.secretKeyRef?.name),
    ...envFrom.map(({ secretRef }) => secretRef?.name),
  ].filter((name) => name !== undefined);
}
