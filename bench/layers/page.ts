import { familyOf } from '../../stacks/families';
import type { Layer } from '../../test/cluster/rebase/registry-content';
import { once, sizeOf } from '../stored-layers';
import { megabytes, ratio, seconds, table } from '../tables';
import type { MeasuredLayers } from './measured-layers';
import { RELEASE } from './package-updates';
import { pullsBeside } from './pulls';
import { newBytes } from './registry-updates';
import { layersIn, type Style, STYLE_TITLES, type StyledImage, stylesOf } from './styles';
import { holds, partOf, type Target, targetsOf } from './targets';

const percent = (part: number, digits = 1): string => `${(part * 100).toFixed(digits)} %`;
const titles = (styles: readonly Style[]): readonly string[] => styles.map((style) => STYLE_TITLES[style]);

function targetTable(targets: readonly Target[]): string {
  return table(
    ['target: of the legacy', 'at most', 'measured', 'legacy', 'ours', ''],
    targets.map((target) => {
      const write = target.unit === 'bytes' ? megabytes : seconds;
      const verdict = holds(target) ? 'holds' : '**does not hold**';
      return [
        target.what,
        percent(target.limit, 2),
        percent(partOf(target), 2),
        write(target.legacy),
        write(target.ours),
        verdict,
      ];
    }),
  );
}

function registryTable({ images, toMake }: MeasuredLayers, styles: readonly Style[]): string {
  const of = (style: Style) => images.flatMap((image) => layersIn(image, style));
  const row = (what: string, cell: (style: Style) => string): string[] => [what, ...styles.map(cell)];
  return table(
    ['', ...titles(styles)],
    [
      row('all images, each layer once', (style) => megabytes(sizeOf(once(of(style))))),
      row('of these, in layers that one family alone has', (style) => megabytes(sizeOf(ofOneFamily(images, style)))),
      row('of the legacy by Docker', (style) => percent(sizeOf(once(of(style))) / sizeOf(once(of('docker'))))),
      row('all images, each by itself', (style) => megabytes(sizeOf(of(style)))),
      row('layers', (style) => String(once(of(style)).length)),
      row('and all that ours are made from', (style) =>
        style === 'ours' ? megabytes(sizeOf(once([...of(style), ...toMake]))) : '–',
      ),
    ],
  );
}

/** The layers that are in images of one family and in no other. */
function ofOneFamily(images: readonly StyledImage[], style: Style): readonly Layer[] {
  const families = new Map<string, Set<string>>();
  for (const image of images)
    for (const { digest } of layersIn(image, style))
      families.set(digest, (families.get(digest) ?? new Set()).add(familyOf(image.name)?.name ?? image.name));
  return once(images.flatMap((image) => layersIn(image, style))).filter(({ digest }) => families.get(digest)?.size === 1);
}

function pullTable({ images, families }: MeasuredLayers, styles: readonly Style[]): string {
  const standing = images.filter(({ name }) => families.includes(name));
  return table(
    ['style', 'mean', 'worst', 'which that is'],
    styles.map((style) => {
      const { mean, worst } = pullsBeside(standing, style);
      return [STYLE_TITLES[style], megabytes(mean), megabytes(worst.bytes), `${worst.pulled} where ${worst.had} is`];
    }),
  );
}

function registryUpdateTable({ registryUpdates }: MeasuredLayers, styles: readonly Style[]): string {
  return table(
    ['update', 'images', ...titles(styles), 'ours : legacy by Docker'],
    registryUpdates.map((each) => [
      each.update,
      String(each.images),
      ...styles.map((style) => `${megabytes(newBytes(each, style))} in ${each.layers[style]?.length ?? 0}`),
      percent(newBytes(each, 'ours') / newBytes(each, 'docker')),
    ]),
  );
}

function nodeTable({ nodeUpdates }: MeasuredLayers): string {
  return table(
    ['update', 'style', 'layers changed', 'fetched', 'took', 'the whole image', '', 'legacy : this'],
    nodeUpdates.map(({ update, style, whole, pull, changed, layers }) => {
      const legacy = nodeUpdates.find((each) => each.update === update && each.style === 'umoci')?.pull.seconds;
      return [
        update,
        style === 'umoci' ? 'legacy' : STYLE_TITLES[style],
        `${changed} of ${layers}`,
        megabytes(pull.bytes),
        seconds(pull.seconds),
        megabytes(whole.bytes),
        seconds(whole.seconds),
        ratio(legacy, pull.seconds),
      ];
    }),
  );
}

/** docs/bench/layers.md. */
export function layersPage(measured: MeasuredLayers): string {
  const { images, families, date, machine } = measured;
  const styles = stylesOf(images);
  const before = styles.includes('before')
    ? `
- **ours of before**: one layer for the base, one for each stack on it, and those of buildpacks.`
    : '';
  return `# Layers by package, in the registry and on a node

<!-- Written by \`npm run bench -- layers\`; change bench/layers/page.ts and measure again. -->

On ${date}, the same ${images.length} images in one registry, in these styles
([decision 3](../decisions/0003-images-of-stacks-are-made-in-their-parent.md), [decision 16](../decisions/0016-layer-plans.md)):

- **legacy**: as the Dockerfiles define them ([bench/legacy-images.sh](../../bench/legacy-images.sh)). **By umoci** is what the registry has. **By
  Docker** is the fair size: each of those layers, packed by Go's own gzip as Docker pushes it, since umoci's packer makes them larger.${before}
- **ours**: Debian's packages in layers as the plan of their release says, the state on top of them, and those of buildpacks above.

${targetTable(targetsOf(measured))}

Why the time on a node does not follow the bytes stands in [decision 16](../decisions/0016-layer-plans.md).

## From lock to images

How long it takes from a changed lock to the images is measured by themselves, beside the legacy way: of two images of one family by
\`npm run bench -- rebase\` ([docs/rebase.md](../rebase.md)), of all images of a release by \`npm run bench -- release\`
([release.md](release.md)), where the targets for that time stand, which does not hold, and why.

## In the registry

Layers are counted compressed. Images without a legacy counterpart that could be made are left out of all styles: node16 is, whose Node is in no
package of Debian.

${registryTable(measured, styles)}

Which family of ${RELEASE} has which layer, as the registry says:

![The layers of the run images of ${RELEASE}, and which of them share one](layers.svg)

## A pull on a node that has another family

Each of ${families.length} families, by its image for webservices where there is one, on a node that has one other family of the same distro and
nothing else; bytes of the layers that are missing there.

${pullTable(measured, styles)}

## Updates

An update of a source package of ${RELEASE} changes:

- of the legacy images, the layer that has one of its packages, and all above it, since each is made on those below;
- of ours, the layers that have one of its packages, and the state. The layers of buildpacks stay, as they did before layers by package.

\`glibc\` leaves the locales of locales-all as they are, as most updates do ([steady-packages.ts](../../stacks/steady-packages.ts));
\`glibc, and a locale\` does not.

### In the registry

New bytes over all images of ${RELEASE} that have the package, each layer once, as large as it is now, and in how many layers.

${registryUpdateTable(measured, styles)}

### On a node

A containerd with nothing pulls the image as it is, and then the updated one: the layers above are others, of the same content and one small file
more, packed by gzip at its level 6 in all styles. The bytes are what its store has got; the seconds, from the first request until all is
unpacked, are the median of three such pulls. Updates that change the same layers are one measurement.

${nodeTable(measured)}

Machine: ${machine}, with the whole platform on it.
`;
}
