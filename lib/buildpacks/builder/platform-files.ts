import { stringify } from 'smol-toml';
import type { Buildpack } from '../buildpack/buildpack';
import { entriesOf, type OrderGroup } from './order';

/** The platform API that the phases speak (CNB_PLATFORM_API). */
export const PLATFORM_API = '0.13';

/** Variables by name: what they are, and how they meet a value that is there already. */
export type BuildConfig = Readonly<
  Record<
    string,
    { readonly value: string; readonly action?: 'default' | 'override' | 'append' | 'prepend'; readonly delimiter?: string }
  >
>;

const rendered = (group: OrderGroup): object[] =>
  entriesOf(group).map(({ buildpack: { id, version }, optional }) => ({ id, version, ...(optional && { optional }) }));

/** /cnb/order.toml. @see CNB platform 0.15, "order.toml (TOML)" */
export function orderToml(order: readonly OrderGroup[]): string {
  return stringify({ order: order.map((group) => ({ group: rendered(group) })) });
}

/** /cnb/system.toml, empty when there are no system buildpacks. @see CNB platform 0.15, "system.toml (TOML)" */
export function systemToml({
  pre = [],
  post = [],
}: {
  readonly pre?: OrderGroup;
  readonly post?: OrderGroup;
}): string | undefined {
  if (pre.length + post.length === 0) return undefined;
  return stringify({ system: { pre: { buildpacks: rendered(pre) }, post: { buildpacks: rendered(post) } } });
}

/**
 * /cnb/run.toml. The run image is named without a tag, and always used by digest: the lifecycle compares names without digests, so that
 * an image can be rebased on any later run image of the stack.
 *
 * @see CNB platform 0.15, "run.toml (TOML)"
 */
export function runToml(repository: string, mirrors: readonly string[]): string {
  return stringify({ images: [{ image: repository, ...(mirrors.length > 0 && { mirrors: [...mirrors] }) }] });
}

/** What tools that know builders read. @see CNB platform 0.15, "Builder": io.buildpacks.builder.metadata */
export function builderMetadata(
  name: string,
  buildpacks: readonly Buildpack[],
  runRepository: string,
  mirrors: readonly string[],
): string {
  return JSON.stringify({
    description: `Toolforge platform images: ${name}`,
    buildpacks: buildpacks.map(({ id, version }) => ({ id, version })),
    images: [{ image: runRepository, ...(mirrors.length > 0 && { mirrors }) }],
    createdBy: { name: 'cloud-services-buildpacks', version: '' },
  });
}
