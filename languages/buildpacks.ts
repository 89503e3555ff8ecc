import { join } from 'node:path';
import { type Buildpack, readBuildpack } from '../lib/buildpacks/buildpack/buildpack';
import { type OrderGroup, optional } from '../lib/buildpacks/builder/order';
import type { Part } from '../lib/images/part';
import { laidOf } from '../lib/images/descriptor';

/** The last of the parts' group: it requires all parts that an image wants. */
export const platformImage = readBuildpack(join(__dirname, 'platform-image'));

/** Of platform images that are their run image. */
export const plainImage = readBuildpack(join(__dirname, 'plain-image'));

/** The processes of a tool's own repository. */
export const procfile = readBuildpack(join(__dirname, 'procfile'));

/**
 * The groups of a builder that makes platform images of these parts, and of tools' repositories.
 *
 * @param hasPlain - whether one of its images is its run image
 */
export function orderFor(parts: readonly Part[], hasPlain = false): readonly OrderGroup[] {
  const laying = laidOf(parts).flatMap(({ buildpack }): readonly Buildpack[] => (buildpack ? [buildpack] : []));
  return [
    ...(hasPlain ? [[plainImage]] : []),
    [...laying.map(optional), platformImage, optional(procfile)],
    // Tools without any part.
    [procfile],
  ];
}
