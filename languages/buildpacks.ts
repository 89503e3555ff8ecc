import { join } from 'node:path';
import { type Buildpack, type BuildpackFile, readBuildpack } from '../lib/buildpacks/buildpack/buildpack';
import { type OrderGroup, optional } from '../lib/buildpacks/builder/order';
import type { Part } from '../lib/images/part';
import { laidOf } from '../lib/images/descriptor';
import { script } from '../lib/tekton/script';

/** What the buildpacks of descriptors share: each has those that it reads, and no others, since its version is the hash of its files. */
const SHARED = ['descriptor.jq', 'descriptor.sh', 'layer.sh', 'problems.jq'];

/** The last of the parts' group: it requires all parts that an image wants. */
export const platformImage = readBuildpack(join(__dirname, 'platform-image'), shared(SHARED));

/**
 * The buildpack of a part. Its folder has `buildpack.toml` and `bin/build`; the detection, and what of lay/ it reads, are those of all parts.
 *
 * @param lays - what its `bin/build` says: `lay_runtime` or `lay_script`
 */
export function partBuildpack(name: string, folder: string, lays: 'runtime' | 'script'): Buildpack {
  return readBuildpack(folder, [
    { path: 'bin/detect', content: detection(name), executable: true },
    ...shared([...SHARED, 'part.jq', ...(lays === 'runtime' ? ['runtime.sh'] : [])]),
  ]);
}

function shared(files: readonly string[]): BuildpackFile[] {
  return files.map((file) => ({ path: `lay/${file}`, content: script(join(__dirname, 'lay'), file), executable: false }));
}

const detection = (name: string): string => `#!/bin/bash
set -euo pipefail
# shellcheck source=../lay/descriptor.sh
. "$CNB_BUILDPACK_DIR/lay/descriptor.sh"

detect_part ${name}
`;

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
