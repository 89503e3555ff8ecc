import { contentHash } from '../synth/content-hash';

declare const address: unique symbol;
/** The hash of all that decides an image's own layers: 16 hex characters (docs/decisions/0001). */
export type Address = string & { readonly [address]: true };

/** The address of what these values decide. */
export function addressOf(values: object): Address {
  return contentHash(values).slice(0, 16) as Address;
}
