import type { Layer } from '../test/cluster/rebase/registry-content';
import { IMAGES, type Measured } from './rebase-measured';
import { megabytes, table } from './tables';

// The exporter's words: Layer: 'python', Created by buildpack: toolforge/python@0.1.0
const maker = ({ what }: Layer): string => what.replace(/^Layer: '.*', Created by buildpack: /, '');
const short = ({ digest }: Layer): string => `\`${digest.slice(7, 19)}\``;

/** The layers of both images before and after the rebase, side by side, and those of the legacy image. */
export function layerTables({ full, rebase, legacy }: Pick<Measured, 'full' | 'rebase' | 'legacy'>): string {
  const ours = IMAGES.map((image) => `### ${image}\n\n${sideBySide(full.layers[image] ?? [], rebase.layers[image] ?? [])}`);
  const old = table(
    ['layer', 'digest', 'size'],
    legacy.layers.map((layer) => [maker(layer), short(layer), megabytes(layer.size)]),
  );
  return [
    ...ours,
    `### The legacy definition\n\nEach layer depends on those below, so none outlives an update of the lowest.\n\n${old}`,
  ].join('\n\n');
}

function sideBySide(before: readonly Layer[], after: readonly Layer[]): string {
  const rows = after.map((layer, i) => {
    const old = before[i];
    const isSame = old?.digest === layer.digest;
    // A rebased image has no history to tell it.
    return [maker(old ?? layer), old ? short(old) : '–', short(layer), megabytes(layer.size), isSame ? 'same' : '**other**'];
  });
  return table(['layer', 'before', 'after', 'size', ''], rows);
}
