import { arrivingBytes } from './container-text';
import { podSpecsOf } from './pod-specs';
import type { Manifest } from './synthesized';
import { pipelineSpecOf, runSpecOf, tasksOf, type Param } from './tekton-specs';

/** The longest argument or environment variable that Linux hands to a program, its closing NUL included: MAX_ARG_STRLEN of execve(2). */
const LONGEST_TEXT = 131072;
/** What a parameter may not use of it: the name of the variable it goes into, and what stands around it there. */
const AROUND = 1024;
// apimachinery/pkg/apis/core/validation: MaxSecretSize, and the same for ConfigMaps; TotalAnnotationSizeLimitB.
const MOST_DATA = 1048576;
const MOST_ANNOTATIONS = 262144;
/** etcd's --max-request-bytes, less what the server adds to an object. */
const LARGEST_OBJECT = 1572864 - 65536;

const REMEDY = 'Put it into a ConfigMap that is mounted, or make it shorter';

/** Texts that no program can be given, and objects that no cluster stores: pods of them would fail, or `up`. */
export function sizeProblems(manifest: Manifest): string[] {
  return [...inContainers(manifest), ...inParameters(manifest), ...wholeObject(manifest)];
}

function inContainers(manifest: Manifest): string[] {
  return podSpecsOf(manifest).flatMap(({ containers, noun }) => [
    ...containers.flatMap(({ name = '', env = [], command = [], args = [] }) => [
      ...env.flatMap((each) => tooLong(`the variable ${each.name} of ${noun} '${name}'`, `${each.name}=${each.value ?? ''}`)),
      ...command.flatMap((each, i) => tooLong(`command[${i}] of ${noun} '${name}'`, each)),
      ...args.flatMap((each, i) => tooLong(`args[${i}] of ${noun} '${name}'`, each)),
    ]),
    ...scripts(containers),
  ]);
}

/** Tekton hands all scripts of a task in base64, with some lines around each, to one shell as one argument. */
function scripts(containers: readonly { readonly script?: string }[]): string[] {
  const bytes = containers.reduce(
    (sum, { script = '' }) => sum + (script === '' ? 0 : 4 * Math.ceil(Buffer.byteLength(script) / 3) + 256),
    0,
  );
  if (bytes < LONGEST_TEXT) return [];
  return [
    `the scripts of its steps have ${bytes} bytes as Tekton hands them on; at most ${LONGEST_TEXT - 1} are possible. Put one of them into a ` +
      'ConfigMap that is mounted, or make another task of it',
  ];
}

function inParameters(manifest: Manifest): string[] {
  const { params = [] } = runSpecOf(manifest) ?? {};
  const defaults = manifest.kind === 'Task' ? ((manifest['spec'] ?? {}) as { readonly params?: readonly Param[] }).params : [];
  const pipeline = pipelineSpecOf(manifest);
  const all = [
    ...params,
    ...(defaults ?? []),
    ...(pipeline?.params ?? []),
    ...(pipeline ? tasksOf(pipeline) : []).flatMap((task) => task.params ?? []),
  ];
  return all.flatMap(({ name, value, default: otherwise }) =>
    textsIn(value ?? otherwise).flatMap((text) => tooLong(`the parameter '${name}'`, text, AROUND)),
  );
}

function tooLong(what: string, text: unknown, reserved = 0): string[] {
  if (typeof text !== 'string') return [];
  const most = LONGEST_TEXT - 1 - reserved;
  const bytes = arrivingBytes(text);
  return bytes <= most ? [] : [`${what} has ${bytes} bytes; at most ${most} can be handed to a program. ${REMEDY}`];
}

function wholeObject(manifest: Manifest): string[] {
  const { kind, metadata } = manifest;
  const data = kind === 'ConfigMap' || kind === 'Secret' ? bytesOf(manifest['data']) + bytesOf(manifest['binaryData']) : 0;
  const annotations = bytesOf(metadata.annotations);
  return [
    ...(data > MOST_DATA ? [`its data has ${data} bytes; at most ${MOST_DATA} are stored. Make two objects of it`] : []),
    ...(annotations > MOST_ANNOTATIONS
      ? [`its annotations have ${annotations} bytes; at most ${MOST_ANNOTATIONS} are stored. Put less into them`]
      : []),
    ...(data <= MOST_DATA ? storedBytes(manifest) : []),
  ];
}

function storedBytes(manifest: Manifest): string[] {
  const bytes = Buffer.byteLength(JSON.stringify(manifest));
  return bytes > LARGEST_OBJECT
    ? [`it has ${bytes} bytes; at most ${LARGEST_OBJECT} are stored. Make more than one object of it`]
    : [];
}

function bytesOf(texts: unknown): number {
  if (typeof texts !== 'object' || texts === null) return 0;
  return Object.entries(texts).reduce((sum, [key, text]) => sum + Buffer.byteLength(key) + Buffer.byteLength(String(text)), 0);
}

function textsIn(value: unknown): readonly unknown[] {
  return typeof value === 'object' && value !== null ? Object.values(value) : [value];
}
