import { type LayerPlan, STATE_LAYERS } from './layer-plan';
import { layersOf } from './plan-cost';
import { compare, imagesByPackage, type PlannedImage } from './planned-image';

/**
 * Where images do not fit the plan of their release: packages in no layer, and more layers than the budget has.
 *
 * @param file - where the plan is committed, as people see it
 * @returns a line each: the file, the package, the image, what was expected, what to do
 */
export function planProblems(plan: LayerPlan, images: readonly PlannedImage[], file: string): string[] {
  const { release, budget, layers } = plan;
  const fresh = `npm run csb -- plan-layers ${release} --fresh`;
  const planned = new Set(layers.flatMap(({ packages }) => packages));
  const unplanned = [...imagesByPackage(images)]
    .filter(([name]) => !planned.has(name))
    .sort(([one], [other]) => compare(one, other));
  if (layers.length === 0 && unplanned.length > 0)
    return [
      `${file}: ${release} has no layer plan; expected one for ${images.length} images; run \`${fresh}\` and review its diff`,
    ];
  return [
    ...together(unplanned).map(
      ([of, names]) =>
        `${file}: ${names.length === 1 ? 'package' : 'packages'} ${names.map((each) => `'${each}'`).join(', ')} of ${of} ` +
        `${names.length === 1 ? 'is in no layer; expected it' : 'are in no layer; expected each'} in one; ` +
        `run \`npm run csb -- plan-layers ${release}\` and review its diff`,
    ),
    ...images.flatMap((image) => {
      const own = layersOf(plan, image).length + STATE_LAYERS;
      if (own <= budget) return [];
      return [
        `${file}: ${image.name} has ${own} layers, ${STATE_LAYERS} of them for its state; expected at most ${budget}; ` +
          `raise \`budget\` there (up to 96), or make a new plan: \`${fresh}\``,
      ];
    }),
  ];
}

/** Packages by the words for the images that have them: what is lacking is mended by one command. */
function together(
  unplanned: readonly (readonly [string, readonly string[]])[],
): readonly (readonly [string, readonly string[]])[] {
  const found = new Map<string, string[]>();
  for (const [name, [first = '', ...others]] of unplanned) {
    const of = others.length === 0 ? first : `${first} and ${others.length} more ${others.length === 1 ? 'image' : 'images'}`;
    found.set(of, [...(found.get(of) ?? []), name]);
  }
  return [...found];
}
