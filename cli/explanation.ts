import { isStack, type IStack } from '../lib/buildpacks/stack/stack';
import type { IBase } from '../lib/buildpacks/base/base';
import type { Buildpack } from '../lib/buildpacks/buildpack/buildpack';
import { DESCRIBED, laidOf, PLAIN, shortId } from '../lib/images/descriptor';
import type { Part } from '../lib/images/part';
import type { PlatformImage } from '../lib/images/platform-image';
import { versionIn } from '../lib/registry/image-reference';
import { sourceOf } from '../lib/synth/chart';

/** A thing that an image consists of, or is made with. */
interface Layer {
  readonly what: 'base' | 'stack' | 'part' | 'runtime' | 'buildpack' | 'builder' | 'lifecycle';
  readonly name: string;
  /** What decides its content: an address, a hash, or a version. */
  readonly address: string;
  /** The file that declares it; of a buildpack the folder of its language, or of what else it is of. */
  readonly declaredIn: string;
}

/** What decides what an image is. */
export interface Explanation {
  readonly name: string;
  readonly declaredIn: string;
  readonly reference: string;
  /** From the bottom up, what is in the part `r<run image>` of its tag. */
  readonly runImage: readonly Layer[];
  /** What is in the part `c-<address>`: the image's own layers. Packages of the run image are not, what programs rely on in it is. */
  readonly ownLayers: readonly Layer[];
  /** What makes it, and decides neither. */
  readonly madeWith: readonly Layer[];
}

/** Says of a platform image what decides its address, layer by layer. */
export function explanationOf(image: PlatformImage): Explanation {
  const { name, reference, builder, stack, parts } = image;
  const laid = laidOf(parts);
  const settings = { declaredIn: 'Pulumi.*.yaml' };
  const holding = builder.buildpacks.find(({ id }) => id === (laid.length > 0 ? DESCRIBED : PLAIN));
  const own = builder.runtimes.filter((runtime) => laid.some((part) => part.name === runtime.name));
  return {
    name,
    declaredIn: sourceOf(image),
    reference,
    runImage: below(stack),
    ownLayers: [
      ...parts.map((part) => partLayer(part, sourceOf(image))),
      ...own.map((runtime): Layer => ({
        ...{ what: 'runtime', name: `${runtime.name} ${runtime.version}`, address: runtime.image.address },
        declaredIn: sourceOf(runtime),
      })),
      ...laid.flatMap(({ buildpack }) => (buildpack ? [buildpack] : [])).map(buildpackLayer),
      ...(holding ? [buildpackLayer(holding)] : []),
      { what: 'lifecycle', name: 'lifecycle', address: versionIn(builder.lifecycle).slice(0, 16), ...settings },
    ],
    madeWith: [{ what: 'builder', name: builder.name, address: builder.image.address, declaredIn: sourceOf(builder) }],
  };
}

function below(stack: IStack): Layer[] {
  const found: Layer[] = [];
  for (let each: IBase | IStack | undefined = stack; each !== undefined; each = isStack(each) ? each.below : undefined) {
    const declaredIn = sourceOf(each);
    found.unshift(
      isStack(each)
        ? { what: 'stack', name: each.name, address: each.runImage.address, declaredIn }
        : { what: 'base', name: each.suite, address: each.image.address, declaredIn },
    );
  }
  return found;
}

function partLayer({ name, options, buildpack }: Part, declaredIn: string): Layer {
  const words = [name, ...Object.values(options)].join(' ');
  return { what: 'part', name: words, address: buildpack ? 'laid' : 'in the stack', declaredIn };
}

const buildpackLayer = ({ id, hash, folder }: Buildpack): Layer => ({
  ...{ what: 'buildpack', name: shortId(id), address: hash.slice(0, 16), declaredIn: `${folder.replace(/\/buildpack$/, '')}/` },
});
