import { join } from 'node:path';
import { stringify } from 'smol-toml';
import { type Address, addressOf } from '../../registry/registry';
import { script } from '../../tekton/script';
import { type Runtime, runtimeAddress } from '../runtime/runtime';
import type { Stack } from '../stack/stack';
import { buildImage } from '../stack/stack-image';
import type { Buildpack } from './buildpack';

/** The platform API that the phases speak (CNB_PLATFORM_API). */
export const PLATFORM_API = '0.13';

/** A build image with the lifecycle, buildpacks and an order: what builds the platform images of one family. */
export interface Builder {
  /** A DNS label. */
  readonly name: string;
  readonly stack: Stack;
  /** The one order group. All but the last are optional: the last one requires what the descriptor wants. */
  readonly buildpacks: readonly Buildpack[];
  /** The runtimes inside, each in the buildpack `toolforge/<kind>`, so that a build downloads nothing. */
  readonly runtimes: readonly Runtime[];
}

const steps = join(__dirname, 'steps');

export const BUILDER_SCRIPTS = { fetch: script(steps, 'fetch.sh'), assemble: script(steps, 'assemble.sh') } as const;

/** The address of a builder: everything that is in it. */
export function builderAddress(builder: Builder, lifecycle: string): Address {
  return addressOf({
    stack: buildImage(builder.stack).address,
    buildpacks: builder.buildpacks.map(({ hash }) => hash),
    runtimes: builder.runtimes.map(runtimeAddress),
    lifecycle: versionIn(lifecycle),
    order: orderToml(builder),
    recipe: BUILDER_SCRIPTS.assemble,
  });
}

/** What a reference says of what is in the image: its digest or tag, not the registry that has it nor its name there. */
export function versionIn(reference: string): string {
  return /(?:@|:)([^/@:]+(?::[0-9a-f]{64})?)$/.exec(reference)?.[1] ?? reference;
}

/** /cnb/order.toml. @see CNB platform 0.13, "order.toml (TOML)" */
export function orderToml({ buildpacks }: Builder): string {
  const group = buildpacks.map(({ id, version }, i) => ({ id, version, ...(i < buildpacks.length - 1 && { optional: true }) }));
  return stringify({ order: [{ group }] });
}

/**
 * /cnb/run.toml. The run image is named without a tag, and always used by digest: the lifecycle compares names without digests, so that
 * an image can be rebased on any later run image of the stack.
 *
 * @see CNB platform 0.13, "run.toml (TOML)"
 */
export function runToml(repository: string): string {
  return stringify({ images: [{ image: repository }] });
}

/** What tools that know builders read. @see CNB platform 0.13, "Builder": io.buildpacks.builder.metadata */
export function builderMetadata({ name, buildpacks }: Builder, runRepository: string): string {
  return JSON.stringify({
    description: `Toolforge platform images: ${name}`,
    buildpacks: buildpacks.map(({ id, version }) => ({ id, version })),
    images: [{ image: runRepository }],
    createdBy: { name: 'cloud-services-buildpacks', version: '' },
  });
}
