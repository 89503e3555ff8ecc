import type { Aliases } from '../lib/synth/aliases';

/** Constructs that were renamed or moved since they were first deployed (docs/decisions/0007). */
export const aliases: Aliases = {
  // A pipeline of images is a Pipeline, and no construct around one.
  'platform/images/pinned/pinned-image': 'platform/images/pinned-image',
};
