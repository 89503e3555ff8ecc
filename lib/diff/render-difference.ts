import Table from 'cli-table3';
import pc from 'picocolors';
import { IMAGE_ANNOTATION, LASTING_ANNOTATION } from '../tekton/pipeline-run';
import type { EnvironmentDifference, ObjectDifference } from './environment-difference';
import type { FieldChange } from './field-changes';
import type { ImageDifference, ImageEffect } from './image-effects';
import type { LayerBytes } from './layer-bytes';
import type { LayerDifference } from './layer-effects';
import { megabytes } from './megabytes';
import { renderField } from './render-field';

/** How many layers are named. */
const SHOWN = 6;

const WORDS: Partial<Record<ImageEffect, string>> = { found: 'found by another run', unpinned: 'unpinned: found, or made' };
const SYMBOL = { new: pc.green('+'), gone: pc.red('-'), changed: pc.yellow('~'), moved: pc.cyan('>') } as const;

/** A difference as people read it: the constructs that differ below their charts, then what happens to the images. */
export function renderDifference({ objects, images }: EnvironmentDifference): string {
  const charts = [...new Set(objects.map(({ chart }) => chart))];
  const groups = charts.map((chart) => {
    const own = objects.filter((each) => each.chart === chart).sort((one, other) => one.path.localeCompare(other.path));
    return [pc.bold(chart), ...own.flatMap(renderObject)].join('\n');
  });
  return [...groups, ...imageTable(images), `${summary(objects)} ${countImages(images)}`].join('\n\n');
}

/** What happens to images: a table of those that differ, what a node fetches of them, and how many there are. */
export function renderImages(images: readonly ImageDifference[]): string {
  return [...imageTable(images), countImages(images)].join('\n\n');
}

function renderObject(difference: ObjectDifference): string[] {
  const { kind, chart, path, object, formerPath, lacksAlias, formerName, executes, changes } = difference;
  const notes = [
    ...(formerPath === undefined ? [] : [`moved from ${formerPath}`]),
    ...(lacksAlias
      ? [`\`up\` will refuse that, unless stacks/aliases.ts says '${formerPath ?? ''}': '${path}', or so of what is around it`]
      : []),
    ...(formerName === undefined ? [] : [`${isRun(difference) ? 'another run' : 'other content'}; it was named ${formerName}`]),
    ...(executes === undefined ? [] : [`executes what differs: ${executes.join(', ')}`]),
  ];
  const own = path.startsWith(`${chart}/`) ? path.slice(chart.length + 1) : path;
  return [
    `  ${SYMBOL[kind]} ${own}  ${pc.dim(object)}`,
    ...notes.map((note) => `      ${note}`),
    ...changes.filter(isNotRepeated).flatMap((change) => renderField(change).map((line) => `      ${line}`)),
  ];
}

/** What a run makes and leaves stands in its parameters as well, and its image in the table. */
const REPEATED = [IMAGE_ANNOTATION, LASTING_ANNOTATION].map((each) => `f:${each}`);
const isNotRepeated = ({ path }: FieldChange): boolean => !REPEATED.includes(String(path.at(-1)));

const isRun = ({ object }: ObjectDifference): boolean => object.includes('/PipelineRun ');

function imageTable(images: readonly ImageDifference[]): string[] {
  const differing = images.filter(({ effect }) => effect !== 'unchanged');
  if (differing.length === 0) return [];
  const table = new Table({ head: ['image', 'what happens', 'from', 'to'], style: { head: [], border: [] } });
  for (const { effect, from, to } of differing) {
    const [repository, before, after] = [split(to ?? from ?? '')[0], tagOf(from), tagOf(to)];
    table.push([repository, WORDS[effect] ?? effect, before, after]);
  }
  return [table.toString(), ...layerLines(differing)];
}

/** Of which packages the layers are that a node fetches and how large they are, a line for all images of which that is the same. */
function layerLines(images: readonly ImageDifference[]): string[] {
  const byLayers = new Map<string, string[]>();
  for (const image of images) {
    if (image.layers === undefined) continue;
    const text = renderLayers(image.layers, image.effect);
    byLayers.set(text, [...(byLayers.get(text) ?? []), nameOf(image)]);
  }
  const lines = [...byLayers].map(([text, names]) => `  ${text}\n    ${names.join(', ')}`);
  const built = images.filter(({ buildpackLayers }) => buildpackLayers !== undefined).map(nameOf);
  return [
    ...(lines.length === 0 ? [] : [['What a node fetches of the layers of packages:', ...lines].join('\n')]),
    ...(built.length === 0
      ? []
      : [`On top come layers of buildpacks, as large as they are once built:\n    ${built.join(', ')}`]),
  ];
}

function renderLayers({ all, other, bytes }: LayerDifference, effect: ImageEffect): string {
  // A new image has no image of before; its layers may have come with others.
  if (effect === 'new')
    return `${bytes === undefined ? '' : `${about(bytes.all)} MB, `}all ${all} layers below, less what a node has of other images`;
  const shown = other.length > SHOWN ? `${other.slice(0, SHOWN).join(', ')} and ${other.length - SHOWN} more` : other.join(', ');
  const share = bytes === undefined ? '' : `${about(bytes.other)} of ${amount(bytes.all)} MB, `;
  return `${share}${other.length} of ${all} layers below: ${shown}`;
}

const about = (bytes: LayerBytes): string => (bytes.unsized.length === 0 ? `about ${amount(bytes)}` : amount(bytes));
const amount = ({ about: bytes, unsized }: LayerBytes): string => `${unsized.length === 0 ? '' : 'at least '}${megabytes(bytes)}`;

/** An image as its repository is called, without the registry. */
const nameOf = ({ from, to }: ImageDifference): string => split(to ?? from ?? '')[0].replace(/^.*\//, '');

const tagOf = (reference: string | undefined): string => (reference === undefined ? '' : split(reference)[1]);

/** The repository, and the tag or digest. */
function split(reference: string): [repository: string, version: string] {
  const [, repository = reference, version = ''] = /^([^@]+)(?:@|:(?=[^:/@]+$))(.+)$/.exec(reference) ?? [];
  return [repository, version];
}

function summary(objects: readonly ObjectDifference[]): string {
  if (objects.length === 0) return 'No difference.';
  const counts = (['new', 'gone', 'changed', 'moved'] as const)
    .map((kind) => [kind, objects.filter((each) => each.kind === kind).length] as const)
    .filter(([, count]) => count > 0);
  return `Objects: ${counts.map(([kind, count]) => `${count} ${kind}`).join(', ')}.`;
}

function countImages(images: readonly ImageDifference[]): string {
  const effects = ['new', 'gone', 'rebuilt', 'rebased', 'found', 'pinned', 'unpinned', 'unchanged'] as const;
  const counts = effects.map((effect) => [effect, images.filter((each) => each.effect === effect).length] as const);
  const some = counts.filter(([, count]) => count > 0).map(([effect, count]) => `${count} ${effect}`);
  return `Images: ${some.join(', ') || 'none'}.`;
}
