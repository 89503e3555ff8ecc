import { Construct, type IConstruct } from 'constructs';
import { type Address, addressOf } from './address';
import { type PinnedReference, pinnedReference } from './image-reference';

/** An image in a registry. Whoever needs it depends on the construct: it is there when the construct is done. */
export interface IImage extends IConstruct {
  /** A reference that is never moved: a digest, or a tag that is an address. */
  readonly reference: string;
  /** What decides its content. */
  readonly address: Address;
}

/**
 * An image that somebody else has put into a registry.
 *
 * @example
 * ```ts
 * const toolforgeBookworm = new ImportedImage(this, 'toolforge-bookworm', `registry.test/bookworm@sha256:${'0'.repeat(64)}`);
 * ```
 */
export class ImportedImage extends Construct implements IImage {
  readonly reference: PinnedReference;
  readonly address: Address;

  /** @throws Error when the reference is no digest */
  constructor(scope: Construct, id: string, reference: string) {
    super(scope, id);
    try {
      this.reference = pinnedReference(reference);
    } catch (error) {
      throw new Error(`${this.node.path}: ${(error as Error).message}`, { cause: error });
    }
    this.address = addressOf({ digest: this.reference.split('@')[1] });
  }
}
