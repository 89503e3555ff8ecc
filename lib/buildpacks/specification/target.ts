import { ARCHITECTURES, OPERATING_SYSTEMS, VARIANTS } from './forms';
import type { Rule, Section } from './problem';

/** What an image runs on, as its config and labels say it. */
export interface TargetData {
  readonly os: string;
  readonly arch: string;
  readonly variant?: string;
  /** `$ID` and `$VERSION_ID` of /etc/os-release. */
  readonly distro?: { readonly name: string; readonly version: string };
}

/** What a buildpack runs on; what is left out matches anything. */
export interface BuildpackTarget {
  readonly os?: string;
  readonly arch?: string;
  readonly variant?: string;
  readonly distros?: readonly { readonly name?: string; readonly version?: string }[];
}

/** What can be said of a system, an architecture and a variant by themselves. */
export function platformRules(what: string, { os, arch, variant }: BuildpackTarget, section: Section): readonly Rule[] {
  const variants = VARIANTS[arch ?? ''] ?? [];
  const rule = (key: string, value: string | undefined, allowed: readonly string[]): Rule => ({
    holds: value === undefined || allowed.includes(value),
    what: `${what}'s ${key}`,
    value,
    expected: allowed.length > 0 ? `one of ${allowed.join(', ')}` : `no ${key}`,
    section,
  });
  return [rule('os', os, OPERATING_SYSTEMS), rule('arch', arch, ARCHITECTURES), rule('variant', variant, variants)];
}

/** Whether a buildpack's target fits an image's, by the words of CNB buildpack 0.12, "Targets". */
export function satisfies(buildpack: BuildpackTarget, image: TargetData): boolean {
  const fits = (wanted: string | undefined, there: string | undefined): boolean =>
    wanted === undefined || there === undefined || wanted === there;
  const { distros = [] } = buildpack;
  return (
    fits(buildpack.os, image.os) &&
    fits(buildpack.arch, image.arch) &&
    fits(buildpack.variant, image.variant) &&
    (distros.length === 0 ||
      distros.some(({ name, version }) => fits(name, image.distro?.name) && fits(version, image.distro?.version)))
  );
}
