import { z } from 'zod';
import { packageName } from '../debian/locked-packages';

/** What a run image has of layers where nothing else is said, with the state layer. */
export const DEFAULT_BUDGET = 48;

/** Of layers of what no package owns, such as dpkg's state, on top of those of the plan. */
export const STATE_LAYERS = 1;
/** What that layer is called. */
export const STATE_NAME = 'state';

// Docker takes 127 layers, and the images of buildpacks have a dozen more on top: https://docs.docker.com/engine/storage/drivers/overlayfs-driver/
const budget = z.int().min(8, 'at least 8 layers').max(96, 'at most 96 layers: buildpacks lay theirs on top');

const layerSchema = z.strictObject({
  /** The largest source in it when it was made; a number tells layers of one source apart. */
  name: z.string().regex(/^[a-z0-9][a-z0-9+.-]+$/, 'the name of a source package, perhaps with a number: glibc, glibc-2'),
  /** It lies above all layers of packages that stay. @default false */
  volatile: z.literal(true).optional(),
  /** Binary packages, in alphabetical order. An image has those of them that it has at all. */
  packages: z.array(packageName).min(1, 'at least one package'),
});

const planSchema = z
  .strictObject({
    /** The code name of a Debian release. */
    release: z.string(),
    /** How many layers an image has at most, with the state layer. */
    budget,
    /** The lowest first, the volatile ones last. */
    layers: z.array(layerSchema),
  })
  .superRefine(({ layers }, context) => {
    for (const problem of layerProblems(layers)) context.addIssue({ code: 'custom', path: ['layers'], message: problem });
  });

/** The packages of a layer. */
export type PlannedLayer = z.infer<typeof layerSchema>;

/** Which packages of a release go into which layer of the images that have them. */
export type LayerPlan = z.infer<typeof planSchema>;

function layerProblems(layers: readonly PlannedLayer[]): string[] {
  const problems: string[] = [];
  const names = new Set<string>();
  const layerOf = new Map<string, string>();
  let above: string | undefined;
  for (const { name, volatile, packages } of layers) {
    if (name === STATE_NAME)
      problems.push(`no layer of packages can be called '${STATE_NAME}', as the topmost of every image is`);
    if (names.has(name)) problems.push(`two layers are called '${name}'; rename one`);
    names.add(name);
    if (volatile) above = name;
    else if (above !== undefined) problems.push(`layer '${name}' is above '${above}', which is volatile; volatile ones are last`);
    for (const each of packages) {
      const other = layerOf.get(each);
      if (other !== undefined) problems.push(`package '${each}' is in '${other}' and in '${name}'; remove it from one of them`);
      layerOf.set(each, name);
    }
  }
  return problems;
}

/** The plan of a release before its first one: every package is new. */
export function emptyPlan(release: string): LayerPlan {
  return { release, budget: DEFAULT_BUDGET, layers: [] };
}

/**
 * A plan file's content.
 *
 * @throws Error naming the release, and each wrong key or package with what to do
 */
export function parsePlan(release: string, content: unknown): LayerPlan {
  const parsed = planSchema.safeParse(content);
  const problems = parsed.success
    ? parsed.data.release === release
      ? []
      : [`release: it is the plan of '${parsed.data.release}'; expected '${release}'`]
    : parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'the file'}: ${message}`);
  if (parsed.success && problems.length === 0) return parsed.data;
  throw new Error(`the layer plan of ${release} cannot be used:\n${problems.map((each) => `  - ${each}`).join('\n')}`);
}
