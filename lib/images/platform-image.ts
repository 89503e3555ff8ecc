import { join } from 'node:path';
import { type Builder, PLATFORM_API, versionIn } from '../buildpacks/builder/builder';
import { type Runtime, runtimeAddress } from '../buildpacks/runtime/runtime';
import { abiHash } from '../buildpacks/stack/lock';
import { type Stack, targetOf } from '../buildpacks/stack/stack';
import { runImage } from '../buildpacks/stack/stack-image';
import { type Address, addressOf } from '../registry/registry';
import { withRegistryCalls } from '../registry/registry-scripts';
import { script } from '../tekton/script';
import type { Family } from '../toolforge/contract/item';

/** What an image consists of: the same words as in buildpacks/lay/descriptor.jq. */
export interface Parts {
  readonly python?: { readonly version: `3.${number}` };
  readonly uwsgi?: Record<string, never>;
  readonly 'webservice-runner'?: { readonly type: 'generic' | 'python' };
  readonly 'webservice-python-bootstrap'?: Record<string, never>;
}

/** What a legacy image becomes. */
export interface PlatformImage {
  /** The legacy image's name without `toolforge-`, such as `python311-sssd-web`. */
  readonly name: string;
  readonly builder: Builder;
  readonly parts: Parts;
}

const steps = join(__dirname, 'steps');

/** The scripts of the build, in the order in which they run. */
export const IMAGE_SCRIPTS = {
  lookUp: withRegistryCalls(script(steps, 'look-up.sh')),
  prepare: script(steps, 'prepare.sh'),
  analyze: script(steps, 'analyze.sh'),
  detect: script(steps, 'detect.sh'),
  restore: script(steps, 'restore.sh'),
  build: script(steps, 'build.sh'),
  check: script(steps, 'check.sh'),
  export: script(steps, 'export.sh'),
  finish: withRegistryCalls(script(steps, 'finish.sh')),
} as const;

/** The repository in which the legacy image is. */
export function repositoryOf({ name }: Pick<PlatformImage, 'name'>): string {
  return `toolforge-${name}`;
}

/** The application of the build: `platform-image.json` (buildpacks/README.md). */
export function descriptorOf({ name, parts }: PlatformImage): string {
  const sorted = Object.fromEntries(Object.entries(parts).sort(([a], [b]) => (a < b ? -1 : 1)));
  return JSON.stringify({ format: 1, name, parts: sorted });
}

/** What the contract tries of it. */
export function familyOf({ parts }: PlatformImage): Family {
  const kind = isWeb(parts) ? 'web' : 'base';
  if (parts.python) return { kind, language: { python: parts.python.version } };
  // A web image without a language is one of its problems already.
  return { kind: 'base' };
}

/**
 * The address of an image: all that decides its own layers. Of the run image only what programs rely on, not the versions of packages:
 * another run image of the same interface means a rebase, under the same address (docs/decisions/0001).
 */
export function imageAddress(image: PlatformImage, lifecycle: string): Address {
  const { builder, parts } = image;
  const used = builder.buildpacks.filter(({ id }) => id === 'toolforge/platform-image' || nameOf(id) in parts);
  return addressOf({
    descriptor: descriptorOf(image),
    buildpacks: used.map(({ id, hash }) => ({ id, hash })),
    runtimes: usedRuntimes(image).map(runtimeAddress),
    lifecycle: versionIn(lifecycle),
    platform: PLATFORM_API,
    target: targetOf(builder.stack),
    abi: abiHash(builder.stack),
    recipe: [IMAGE_SCRIPTS.prepare, IMAGE_SCRIPTS.build, IMAGE_SCRIPTS.export],
  });
}

function usedRuntimes({ builder, parts }: PlatformImage): Runtime[] {
  return builder.runtimes.filter(({ kind }) => kind in parts);
}

/** Whether tools are served by it: it has what `webservice` starts. */
const isWeb = (parts: Parts): boolean => 'webservice-runner' in parts;

const nameOf = (id: string): string => id.replace(/^toolforge\//, '');

/** The tags of an image: of its layers, and of its layers on one run image. Neither is ever moved. */
export function tagsOf(image: PlatformImage, lifecycle: string): { readonly layers: string; readonly image: string } {
  const layers = `c-${imageAddress(image, lifecycle)}`;
  return { layers, image: `${layers}-r${runImage(stackOf(image)).address}` };
}

export function stackOf({ builder }: PlatformImage): Stack {
  return builder.stack;
}

/**
 * What a declaration gets wrong that its types cannot see.
 *
 * @returns a line a problem
 */
export function imageProblems({ name, builder, parts }: PlatformImage): string[] {
  const known = builder.buildpacks.map(({ id }) => nameOf(id));
  const unknown = Object.keys(parts)
    .filter((part) => !known.includes(part))
    .map((part) => `builder ${builder.name} has no buildpack for the part '${part}'; it has: ${known.join(', ')}`);
  const runtimes = (['python', 'uwsgi'] as const)
    .filter((part) => part in parts && !builder.runtimes.some((runtime) => runtime.kind === part))
    .map((part) => `builder ${builder.name} has no runtime for the part '${part}'; add it to \`runtimes\``);
  const python = builder.runtimes.find((runtime) => runtime.kind === 'python');
  const isOther = parts.python && python && !python.version.startsWith(`${parts.python.version}.`);
  return [
    ...unknown,
    ...runtimes,
    ...(isOther ? [`the part 'python' is ${parts.python.version}, builder ${builder.name} has ${python.version}`] : []),
    ...(isWeb(parts) && !parts.python ? ["the contract knows no web image without the part 'python'"] : []),
    ...(isWeb(parts) && name.endsWith('-base') ? ["its name ends in -base, but it has the part 'webservice-runner'"] : []),
    ...(!isWeb(parts) && name.endsWith('-web') ? ["its name ends in -web, but it lacks the part 'webservice-runner'"] : []),
  ].map((problem) => `image ${name}: ${problem}`);
}
