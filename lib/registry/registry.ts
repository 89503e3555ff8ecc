import { contentHash } from '../synth/content-hash';
import type { Settings } from '../settings/settings';

declare const address: unique symbol;
/** The hash of all that decides an image's own layers: 16 hex characters (docs/decisions/0001). */
export type Address = string & { readonly [address]: true };

/** The address of what these values decide. */
export function addressOf(values: object): Address {
  return contentHash(values).slice(0, 16) as Address;
}

/** An image registry, and how images are named in it. */
export class Registry {
  /** Host and port. */
  readonly host: string;
  /** Whether it speaks TLS. */
  readonly tls: boolean;
  /** The Secret with the credentials for pushing. Undefined when it takes pushes without. */
  readonly pushSecret: string | undefined;

  constructor(settings: Settings['registry']) {
    this.host = settings.host;
    this.tls = !settings.plainHttp;
    this.pushSecret = settings.pushSecret;
  }

  /** The immutable reference of what has this address: `<host>/<repository>:c-<address>`. */
  addressed(repository: string, of: Address): string {
    return `${this.host}/${repository}:c-${of}`;
  }
}
