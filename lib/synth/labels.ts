import type { Manifest } from './synthesized';

// https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set
const VALUE = /^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/;
const KEY = /^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;

interface Metadata {
  readonly labels?: Readonly<Record<string, unknown>>;
  readonly annotations?: Readonly<Record<string, unknown>>;
}

/** The labels and annotations of an object, and of the pods in its template, that the API server would refuse. */
export function labelProblems(manifest: Manifest): string[] {
  const { template } = (manifest['spec'] ?? {}) as { readonly template?: { readonly metadata?: Metadata } };
  return [...problemsIn(manifest.metadata), ...problemsIn(template?.metadata ?? {})];
}

function problemsIn({ labels = {}, annotations = {} }: Metadata): string[] {
  return [
    ...Object.entries(labels).flatMap(([key, value]) => [
      ...keyProblems('label', key),
      ...(typeof value === 'string' && VALUE.test(value)
        ? []
        : [
            `the label ${key} has the value ${shown(value)}; at most 63 letters, digits, '-', '_' and '.' are allowed, with a letter or ` +
              'digit at both ends',
          ]),
    ]),
    ...Object.entries(annotations).flatMap(([key, value]) => [
      ...keyProblems('annotation', key),
      ...(typeof value === 'string' ? [] : [`the annotation ${key} has the value ${shown(value)}; it has to be text`]),
    ]),
  ];
}

function keyProblems(what: string, key: string): string[] {
  if (KEY.test(key)) return [];
  return [
    `'${key}' cannot be the key of a${what === 'label' ? '' : 'n'} ${what}: at most 63 letters, digits, '-', '_' and '.', perhaps after ` +
      "a domain and a '/'",
  ];
}

function shown(value: unknown): string {
  return typeof value === 'string' ? `'${value}'` : String(value);
}
