import type { Construct } from 'constructs';

/** An image that a run puts into the registry. */
export interface MadeImage {
  /** Its immutable reference, the address of its content. */
  readonly image: string;
  /** What has to be done before the image is there: depend on it. */
  readonly run: Construct;
}
