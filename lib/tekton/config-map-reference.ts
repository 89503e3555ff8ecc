/**
 * A ConfigMap of the run's namespace by its name and the keys it has.
 *
 * @typeParam K - its keys
 */
export class ConfigMapReference<const K extends string> {
  constructor(
    readonly name: string,
    readonly keys: readonly K[],
  ) {}

  /** One of its values, for an environment variable of a step. */
  key(key: K): ConfigMapKey {
    return new ConfigMapKey(this.name, key);
  }
}

/** A value of a ConfigMap, to be read when the step starts. `ConfigMapReference.key()` makes it. */
class ConfigMapKey {
  constructor(
    private readonly configMap: string,
    private readonly key: string,
  ) {}

  /** As Kubernetes writes it in `env[].valueFrom`. */
  toValueFrom(): object {
    return { configMapKeyRef: { name: this.configMap, key: this.key } };
  }
}

export type { ConfigMapKey };
