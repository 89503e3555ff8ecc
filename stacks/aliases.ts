import type { Aliases } from '../lib/synth/aliases';

/** Constructs that were renamed or moved since they were first deployed (docs/decisions/0007). */
export const aliases = {} satisfies Aliases;
