import { currentImages, isCurrent, legacyDefinition } from '../stacks/legacy/catalogue';
import { markdownTable } from '../lib/toolforge/contract/render-report';
import type { ImageStatus } from './render-status';

/**
 * The page of the catalogue.
 *
 * @param built - seconds of the task that built an image, by its name
 */
export function renderCatalogue(images: readonly ImageStatus[], built: ReadonlyMap<string, number>): string {
  const legacy = images.filter(({ name }) => isCurrent(name));
  const made = legacy.filter(({ declared }) => (declared?.digest ?? null) !== null);
  const passed = made.filter(({ contract }) => contract !== null && contract.failed === 0);
  const promoted = legacy.filter(({ isHealthy }) => isHealthy);
  const rows = images.map((each) => [
    each.name,
    isCurrent(each.name) ? legacyDefinition(each.name).distro : '',
    each.declared === null ? 'none' : `\`toolforge-${each.name}\``,
    each.state,
    contractWords(each),
    each.size === null ? '–' : `${Math.round(each.size / 1e6)} MB`,
    built.has(each.name) ? `${built.get(each.name) ?? 0} s` : '–',
  ]);
  return `${[
    '# The catalogue',
    '',
    '<!-- Written by `npm run csb -- catalogue`. -->',
    '',
    `Of ${currentImages.length} legacy images, ${made.length} are made, ${passed.length} of these have passed their contract, and ${promoted.length} are public as they are declared.`,
    '',
    'State is what [the ledger](../stacks/ledger.ts) says, or `promoted` where the environment promotes all that it makes. Sizes are of all layers of an image, compressed, as the registry has them; images share layers. Built',
    'is what the step took that put the layers of the image together, the last time that it did; runtimes and stacks are made before, once for several images.',
    'A dash is an image that is not made, or of which nobody knows: one that was found in the registry whenever this page was written, and a size that the',
    'registry did not say.',
    '',
    ...markdownTable(['legacy image', 'distro', 'successor', 'state', 'contract', 'size', 'built in'], rows),
  ].join('\n')}\n`;
}

/** The seconds that a page says, for images that are found since, and not built again. */
export function builtSeconds(page: string): ReadonlyMap<string, number> {
  const rows = [...page.matchAll(/^\| (\S+) .*\| (\d+) s +\|$/gm)];
  return new Map(rows.map(([, name = '', seconds]): [string, number] => [name, Number(seconds)]));
}

function contractWords({ contract }: ImageStatus): string {
  if (contract === null) return '–';
  const { passed, failed, byCanary } = contract;
  return `${passed} of ${passed + failed} passed${byCanary > 0 ? `, ${byCanary} by its canary` : ''}`;
}
