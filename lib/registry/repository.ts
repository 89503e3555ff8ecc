import type { Address } from './address';
import { isRepositoryName } from './image-reference';
import type { Registry } from './registry';

/** A place in a registry that holds the images of one name. */
export class Repository {
  /**
   * @param name - such as `platform/bookworm-run`
   * @throws Error when a registry would refuse the name
   */
  constructor(
    readonly registry: Registry,
    readonly name: string,
  ) {
    if (!isRepositoryName(name))
      throw new Error(
        `'${name}' cannot be a repository of ${registry.host}: ` +
          "use lower-case letters and digits, with '.', '_' or '-' between them, and '/' between parts",
      );
  }

  /** `<host>/<name>`, without a tag. */
  get reference(): string {
    return `${this.registry.host}/${this.name}`;
  }

  /** The immutable reference of what has this address: `<host>/<name>:c-<address>`. */
  addressed(address: Address): string {
    return this.tagged(`c-${address}`);
  }

  /** `<host>/<name>:<tag>`. */
  tagged(tag: string): string {
    return `${this.reference}:${tag}`;
  }
}
