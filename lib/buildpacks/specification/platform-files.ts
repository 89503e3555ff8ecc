/** The files and labels of a builder, which tell the lifecycle and other tools what it consists of. */
import { stringify } from 'smol-toml';
import { type BuildConfigVariable, delimitersOf } from './build-config';
import type { BuilderData, SystemBuildpacks } from './builder';
import type { GroupEntry, Order } from './buildpack';
import type { RunImageNames } from './run-images';

/** The text of /cnb/order.toml. @see CNB platform 0.15, "order.toml (TOML)" */
export function orderToml(order: Order): string {
  return stringify({ order: order.map((group) => ({ group: group.map(entryOf) })) });
}

/** The text of /cnb/run.toml. @see CNB platform 0.15, "run.toml (TOML)" */
export function runToml(runImages: readonly RunImageNames[]): string {
  return stringify({ images: runImages.map(namesOf) });
}

/** The text of /cnb/system.toml, or undefined where nothing stands around the groups. @see CNB platform 0.15, "system.toml (TOML)" */
export function systemToml({ pre, post }: SystemBuildpacks): string | undefined {
  const system = {
    ...(pre.length > 0 && { pre: { buildpacks: pre.map(entryOf) } }),
    ...(post.length > 0 && { post: { buildpacks: post.map(entryOf) } }),
  };
  return Object.keys(system).length === 0 ? undefined : stringify({ system });
}

/** A file of /cnb/build-config/env. Its content is the value, without a line end. */
export interface BuildConfigFile {
  readonly name: string;
  readonly content: string;
}

/** The files of /cnb/build-config/env, by name. @see CNB platform 0.15, "Operator-Defined Variables" */
export function buildConfigFiles(variables: readonly BuildConfigVariable[]): readonly BuildConfigFile[] {
  const delimiters = [...new Set(variables.map(({ name }) => name))].flatMap((name) => {
    const [delimiter = ''] = delimitersOf(variables.filter((variable) => variable.name === name));
    return delimiter === '' ? [] : [{ name: `${name}.delim`, content: delimiter }];
  });
  const values = variables.map(({ name, value, action }) => ({ name: `${name}.${action}`, content: value }));
  return [...values, ...delimiters].sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** The label io.buildpacks.builder.metadata. @see CNB builder extension 0.1; `images` is what tools read since platform 0.12 */
export function builderMetadataLabel({
  name,
  buildpacks,
  runImages,
}: Pick<BuilderData, 'name' | 'buildpacks' | 'runImages'>): string {
  return JSON.stringify({
    description: `Toolforge platform images: ${name}`,
    buildpacks: buildpacks.map(({ id, version }) => ({ id, version })),
    images: runImages.map(namesOf),
    createdBy: { name: 'cloud-services-buildpacks', version: '' },
  });
}

/** The label io.buildpacks.buildpack.order. @see CNB builder extension 0.1 */
export function orderLabel(order: Order): string {
  return JSON.stringify(order.map((group) => ({ group: group.map(entryOf) })));
}

// What is not optional says nothing: false is the default.
function entryOf({ id, version, optional }: GroupEntry): Record<string, string | boolean> {
  return { id, version, ...(optional === true && { optional }) };
}

function namesOf({ image, mirrors = [] }: RunImageNames): Record<string, string | string[]> {
  return { image, ...(mirrors.length > 0 && { mirrors: [...mirrors] }) };
}
