declare const pinned: unique symbol;

/** `<registry>/<repository>@sha256:<64 hex>`: an image by its content, which nobody can move. */
export type PinnedReference = string & { readonly [pinned]: true };

// https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-manifests
const REPOSITORY = /^[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(\/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*$/;
const HOST = /^[a-z0-9.-]+(:[0-9]+)?$/;
const DIGEST = /^sha256:[0-9a-f]{64}$/;

/** Whether a text can be the name of a repository: lower-case words with `.`, `_`, `-` between them, and `/` between parts. */
export function isRepositoryName(name: string): boolean {
  return REPOSITORY.test(name) && name.length <= 255;
}

/**
 * A reference by digest.
 *
 * @throws Error for a tag, an image without a registry, or another digest than SHA-256
 */
export function pinnedReference(text: string): PinnedReference {
  const [name = '', digest = ''] = text.split('@');
  const [host = '', ...path] = name.split('/');
  if (HOST.test(host) && isRepositoryName(path.join('/')) && DIGEST.test(digest)) return text as PinnedReference;
  throw new Error(
    `'${text}' is no image by digest: expected <registry>/<repository>@sha256:<64 hex characters>. ` +
      'A tag moves; ask the registry for the digest that it names now',
  );
}

/** The registry and the repository of a reference, without tag and digest. */
export function repositoryOf(reference: string): string {
  return reference.replace(/@.*$/, '').replace(/:[^:/]+$/, '');
}

/** The tag of a reference, which may have a digest as well. */
export function tagOf(reference: string): string | undefined {
  return /:([\w][\w.-]*)$/.exec(reference.replace(/@.*$/, ''))?.[1];
}

/** What a reference says of what is in the image: its digest or tag, not the registry that has it nor its name there. */
export function versionIn(reference: string): string {
  return /(?:@|:)([^/@:]+(?::[0-9a-f]{64})?)$/.exec(reference)?.[1] ?? reference;
}
