import type { Suite } from '../lib/buildpacks/target';

/** What bullseye's images for webservices have had beside their language since their first runner, and tools came to depend on it. */
export function pythonOf(suite: Suite): readonly string[] {
  return suite === 'bullseye' ? ['python3'] : [];
}
