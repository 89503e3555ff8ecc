/** A manifest of a repository, as `csb-registry inventory` says it. */
export interface StoredImage {
  readonly digest: string;
  /** All tags that name it. */
  readonly tags: readonly string[];
  /** The bytes of its configuration and layers, by digest. */
  readonly blobs: Readonly<Record<string, number>>;
}

/** What a repository has. */
export interface StoredRepository {
  /** `<registry>/<repository>` */
  readonly repository: string;
  readonly images: readonly StoredImage[];
}

/** What is needed, whoever needs it. */
export interface Needs {
  /** Of which environment attestations are ours to remove. */
  readonly environment: string;
  /** `<registry>/<repository>:<tag>` or `<registry>/<repository>@<digest>`. */
  readonly references: ReadonlySet<string>;
}

/** What nothing needs, and what stays. */
export interface Retention {
  /** Only repositories of which something goes. */
  readonly remove: readonly { readonly repository: string; readonly images: readonly StoredImage[] }[];
  readonly kept: number;
  /** The bytes of blobs that only what goes has, of what was looked at. */
  readonly bytes: number;
}

/** The tags that are made here, beside attestations: addresses, and what a public tag named before it moved. */
const OURS = [/^c-[0-9a-f]{16}(-r[0-9a-f]{16})?$/, /^was-.+-[0-9a-f]{12}$/];
const ATTESTATION = /^sha256-([0-9a-f]{64})\.contract-(.+)$/;

/**
 * Divides what repositories have. A manifest goes when nothing needs it by a tag or its digest, and all its tags are ones that are made here: what
 * somebody else has tagged is theirs. An attestation goes with what it attests, and stays with it.
 *
 * Blobs are removed by nobody here: the registry collects those that no manifest has any more, whichever repository that is in, so that a layer
 * which others share stays.
 */
export function retentionOf(repositories: readonly StoredRepository[], needs: Needs): Retention {
  const attestedBy = (tag: string): string | undefined => {
    const [, hex, environment] = ATTESTATION.exec(tag) ?? [];
    return environment === needs.environment ? `sha256:${hex ?? ''}` : undefined;
  };
  const isOurs = (tag: string): boolean => OURS.some((each) => each.test(tag)) || attestedBy(tag) !== undefined;
  const divided = repositories.map(({ repository, images }) => {
    const stays = (each: StoredImage): boolean => isNeeded(repository, each, needs) || !each.tags.every(isOurs);
    const staying = new Set(images.filter(stays).map(({ digest }) => digest));
    const gone = images.filter(
      ({ digest, tags }) => !staying.has(digest) && !tags.some((tag) => staying.has(attestedBy(tag) ?? '')),
    );
    return { repository, images, gone };
  });
  const gone = divided.flatMap((each) => each.gone);
  const kept = divided.flatMap(({ images, gone: own }) => images.filter((each) => !own.includes(each)));
  const shared = new Set(kept.flatMap(({ blobs }) => Object.keys(blobs)));
  const freed = new Map(gone.flatMap(({ blobs }) => Object.entries(blobs)).filter(([digest]) => !shared.has(digest)));
  return {
    remove: divided.filter((each) => each.gone.length > 0).map(({ repository, gone: images }) => ({ repository, images })),
    kept: kept.length,
    bytes: [...freed.values()].reduce((sum, each) => sum + each, 0),
  };
}

function isNeeded(repository: string, { digest, tags }: StoredImage, { references }: Needs): boolean {
  return references.has(`${repository}@${digest}`) || tags.some((tag) => references.has(`${repository}:${tag}`));
}
