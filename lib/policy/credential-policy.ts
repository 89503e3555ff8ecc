import { type Container, podSpecsOf, type PodVolume } from '../synth/pod-specs';
import type { Policy, Violation } from './policy';

/** The steps that may hold a credential: the name of a task to those of its steps, `{ promotion: ['promote'] }`. */
export type CredentialSteps = Readonly<Record<string, readonly string[]>>;

/**
 * Secrets are seen by the steps that pull or push, which are listed here, and by nothing else.
 *
 * A listed step that holds none is not told: where a registry takes pushes without credentials, none does.
 */
export function credentials(steps: CredentialSteps): Policy {
  return {
    name: 'credentials',
    rule: 'Only steps that pull or push hold a credential.',
    check: ({ manifest }) => {
      const allowed = new Set(manifest.kind === 'Task' ? (steps[manifest.metadata.name] ?? []) : []);
      return podSpecsOf(manifest).flatMap(({ containers, volumes, noun }) => {
        const secret = new Map(volumes.flatMap((volume) => secretOf(volume).map((name) => [volume.name, name] as const)));
        return containers
          .filter(({ name = '' }) => !allowed.has(name))
          .flatMap((container): readonly Violation[] => {
            const held = [...new Set(secretsIn(container, secret))];
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
    },
  };
}

function secretOf({ secret, projected }: PodVolume): readonly string[] {
  return [secret, ...(projected?.sources ?? []).map((source) => source.secret)].flatMap((each) =>
    each === undefined ? [] : [each.secretName ?? each.name ?? ''],
  );
}

function secretsIn(
  { volumeMounts = [], env = [], envFrom = [] }: Container,
  volumes: ReadonlyMap<string, string>,
): readonly string[] {
  return [
    ...volumeMounts.map(({ name }) => volumes.get(name)),
    ...env.map(({ valueFrom }) => valueFrom?.secretKeyRef?.name),
    ...envFrom.map(({ secretRef }) => secretRef?.name),
  ].filter((name) => name !== undefined);
}
