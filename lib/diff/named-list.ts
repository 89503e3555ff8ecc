/**
 * The keys by which Kubernetes and Tekton tell the items of a list apart. A mount's name is its volume's, which may be mounted twice:
 * its mountPath comes first.
 */
const MERGE_KEYS = ['mountPath', 'name', 'containerPort', 'port', 'pipelineTaskName', 'key', 'ip'] as const;

/** An item of a list that is compared by name. */
export type Item = Readonly<Record<string, unknown>>;

/** Whether a value has keys. */
export function isMap(value: unknown): value is Item {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The key that tells the items of all these lists apart; undefined when their places have to. */
export function mergeKeyOf(...lists: readonly (readonly unknown[])[]): string | undefined {
  if (lists.every((list) => list.length === 0) || !lists.flat().every(isMap)) return undefined;
  return MERGE_KEYS.find((key) =>
    lists.every((list) => {
      const values = list.map((item) => (item as Item)[key]);
      const named = values.every((value) => typeof value === 'string' || typeof value === 'number');
      return named && new Set(values).size === values.length;
    }),
  );
}
