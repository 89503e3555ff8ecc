/** The environment of the embedded platform. */
const EMBEDDED = 'local';

/** The settings that not every environment may have. */
interface Allowed {
  readonly registry: { readonly plainHttp: boolean };
  readonly vanishedPackages: string;
}

/**
 * What only the environment of the embedded platform may say: what it makes never leaves the machine.
 *
 * @param prefix - what stands before each key in the file
 * @returns a line for each setting that others may not have
 */
export function embeddedOnly(environment: string, { registry, vanishedPackages }: Allowed, prefix: string): string[] {
  if (environment === EMBEDDED) return [];
  return [
    ...(registry.plainHttp
      ? [
          `${prefix}registry.plainHttp: found true, expected false: only '${EMBEDDED}', whose registry is on the node itself, does ` +
            'without TLS. Give the registry a certificate',
        ]
      : []),
    ...(vanishedPackages === 'substitute'
      ? [
          `${prefix}vanishedPackages: found "substitute", expected 'refuse': only '${EMBEDDED}' builds with packages that no lock names. ` +
            'Lock what the mirror has now: npm run csb -- lock',
        ]
      : []),
  ];
}

const DIGEST = '@sha256:<64 hex characters>';

/** The images that builds trust, as the settings name them. */
interface Trusted {
  readonly toolbox: string;
  readonly lifecycle: string;
}

/**
 * The images that builds trust are named by what is in them, everywhere but on the embedded platform: who can push to a registry can move a
 * tag, and steps of the toolbox hold the registry's credentials. The lifecycle's version is said as well, since no digest tells which APIs
 * it speaks.
 *
 * @param prefix - what stands before each key in the file
 * @returns a line for each image that can be moved
 */
export function movableImages(environment: string, { toolbox, lifecycle }: Trusted, prefix: string): string[] {
  if (environment === EMBEDDED) return [];
  const refused = (key: string, found: string, expected: string): string =>
    `${prefix}${key}: found "${found}", expected ${expected}: only '${EMBEDDED}' runs what a tag names, which can be moved. ` +
    `Let it be made, pushed and written here: npm run csb -- --environment ${environment} bootstrap`;
  return [
    ...(/@sha256:/.test(toolbox) ? [] : [refused('toolbox', toolbox, `a digest, <host>/<repository>${DIGEST}`)]),
    ...(/:[^/@]+@sha256:/.test(lifecycle)
      ? []
      : [refused('lifecycle', lifecycle, `its version and a digest, <host>/<repository>:<version>${DIGEST}`)]),
  ];
}
