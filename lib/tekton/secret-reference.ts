/** The keys that Kubernetes prescribes for each type of Secret. @see https://kubernetes.io/docs/concepts/configuration/secret/#secret-types */
const PRESCRIBED = {
  'kubernetes.io/dockerconfigjson': ['.dockerconfigjson'],
  'kubernetes.io/basic-auth': ['username', 'password'],
  'kubernetes.io/ssh-auth': ['ssh-privatekey'],
  'kubernetes.io/tls': ['tls.crt', 'tls.key'],
} as const;

type Prescribed = typeof PRESCRIBED;

/** The types of Secret that a task can use. */
export type SecretType = keyof Prescribed | 'Opaque';

/**
 * A Secret of the run's namespace by its name, its type and the keys it has; the only form in which tasks know secrets.
 *
 * The object itself is made outside of dist/, so that no value can be written into it.
 *
 * @typeParam K - its keys
 */
export class SecretReference<K extends string = string> {
  /** A Secret whose type says which keys it has: `SecretReference.of('kubernetes.io/dockerconfigjson', 'push')`. */
  static of<T extends keyof Prescribed>(type: T, name: string): SecretReference<Prescribed[T][number]> {
    return new SecretReference(name, type, PRESCRIBED[type]);
  }

  /** A Secret with keys of one's own. */
  static opaque<const K extends string>(name: string, keys: readonly K[]): SecretReference<K> {
    return new SecretReference(name, 'Opaque', keys);
  }

  private constructor(
    readonly name: string,
    readonly type: SecretType,
    readonly keys: readonly K[],
  ) {}

  /** One of its values, for an environment variable of a step. */
  key(key: K): SecretKey {
    return new SecretKey(this.name, key);
  }

  /**
   * A volume with its values as files; only the steps that mount it have them.
   *
   * @param files - the file for each key that is wanted; all keys under their own names when left out
   */
  volume(files?: { readonly [P in K]?: string }): SecretVolume {
    return new SecretVolume(this, files);
  }
}

/** A value of a Secret, to be read when the step starts. `SecretReference.key()` makes it. */
class SecretKey {
  constructor(
    private readonly secret: string,
    private readonly key: string,
  ) {}

  /** As Kubernetes writes it in `env[].valueFrom`. */
  toValueFrom(): object {
    return { secretKeyRef: { name: this.secret, key: this.key } };
  }
}

/** A Secret as files. `SecretReference.volume()` makes it. */
class SecretVolume {
  readonly kind = 'secret';

  constructor(
    readonly secret: Pick<SecretReference, 'name' | 'type' | 'keys'>,
    private readonly files: Readonly<Record<string, string | undefined>> | undefined,
  ) {}

  /** As Kubernetes writes it in `volumes[].secret`. */
  toSource(): object {
    const items = this.files && Object.entries(this.files).map(([key, path]) => ({ key, path }));
    return { secretName: this.secret.name, ...(items && { items }) };
  }
}

export type { SecretKey, SecretVolume };
