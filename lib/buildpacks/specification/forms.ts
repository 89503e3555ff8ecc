/** The forms of what the specification names things by. */

/** `<X>.<Y>.<Z>` without leading zeros. @see CNB buildpack 0.12, "buildpack.toml (TOML)" */
export const BUILDPACK_VERSION = /^(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)$/;

/** `<major>.<minor>` or `<major>`. @see CNB platform 0.15, "Platform API Version" */
export const API_VERSION = /^\d+(?:\.\d+)?$/;

/** What ids of buildpacks and targets are written with. @see CNB platform 0.15, "Target Data" */
export const ID = /^[A-Za-z0-9./-]+$/;

/** Ids that would be mistaken for folders of the lifecycle. @see CNB buildpack 0.12, "buildpack.toml (TOML)" */
export const RESERVED_IDS: readonly string[] = ['app', 'config', 'generated', 'sbom'];

/** Letters, digits and underscores: what a variable can be called in every shell. */
export const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Go's names, as the OCI image specification takes them, of what containers run on. */
export const OPERATING_SYSTEMS: readonly string[] = ['linux', 'windows', 'freebsd'];
/** @see OCI image specification, "Image Configuration": architecture */
export const ARCHITECTURES: readonly string[] = [
  ...['386', 'amd64', 'arm', 'arm64', 'loong64', 'mips64le', 'ppc64le', 'riscv64', 's390x'],
];
/** @see OCI image specification, "Platform Variants" */
export const VARIANTS: Readonly<Record<string, readonly string[]>> = {
  amd64: ['v1', 'v2', 'v3', 'v4'],
  arm: ['v6', 'v7', 'v8'],
  arm64: ['v8', 'v9'],
};

/** The media types of a Software Bill of Materials. @see CNB buildpack 0.12, "Software-Bill-of-Materials" */
export const SBOM_FORMATS: readonly string[] = [
  'application/vnd.cyclonedx+json',
  'application/spdx+json',
  'application/vnd.syft+json',
];

const REFERENCE = /^([a-z0-9.-]+(?::\d+)?)\/[a-z0-9]+(?:[._/-]+[a-z0-9]+)*(?::[\w][\w.-]{0,127})?(?:@sha256:[0-9a-f]{64})?$/;

/** The registry of an image reference, or undefined when it is not a reference that names its registry. */
export function registryIn(reference: string): string | undefined {
  const registry = REFERENCE.exec(reference)?.[1];
  return registry !== undefined && (/[.:]/.test(registry) || registry === 'localhost') ? registry : undefined;
}

/** `0.9` as `0.9`, `1` as `1.0`. */
export function wholeApi(version: string): string {
  return version.includes('.') ? version : `${version}.0`;
}
