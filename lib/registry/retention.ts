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
  /** The digests that each public tag was moved to, by its history of promotions, the last one last. */
  readonly promoted: Readonly<Record<string, readonly string[]>>;
}

/** What is needed, whoever needs it. */
export interface Needs {
  /** Of which environment attestations are ours to remove. */
  readonly environment: string;
  /** `<registry>/<repository>:<tag>` or `<registry>/<repository>@<digest>`. */
  readonly references: ReadonlySet<string>;
  /** What runs, in whichever repository: nodes call a registry by more than one name. */
  readonly digests: ReadonlySet<string>;
  /** How many of what each public tag was moved to stay, beside what it is. @default - all */
  readonly previous?: number | undefined;
}

/** What nothing needs, and what stays. */
export interface Retention {
  /** Only repositories of which something goes. */
  readonly remove: readonly Pick<StoredRepository, 'repository' | 'images'>[];
  readonly kept: number;
  /** The bytes of blobs that only what goes has, of what was looked at. */
  readonly bytes: number;
}

/** The tags that are made here and name nothing that was ever public: addresses. */
const ADDRESS = /^c-[0-9a-f]{16}(-r[0-9a-f]{16})?$/;
/** What a public tag named before it moved (docs/decisions/0012). */
const WAS = /^was-.+-([0-9a-f]{12})$/;
const ATTESTATION = /^sha256-([0-9a-f]{64})\.contract-(.+)$/;

/**
 * Divides what repositories have. A manifest goes when nothing needs it by a tag or its digest, and all its tags are addresses: any other tag is
 * somebody else's, or says that it was public once (`was-...`), by which no old order moves a tag back (docs/decisions/0012). With `previous`, what was
 * promoted goes as well when so many were after it, which the history of promotions knows; what was public before ours stays. An attestation goes
 * with what it attests, and stays with it; what another environment has attested is that one's.
 *
 * Blobs are removed by nobody here: the registry collects those that no manifest has any more, whichever repository that is in, so that a layer
 * which others share stays.
 */
export function retentionOf(repositories: readonly StoredRepository[], needs: Needs): Retention {
  const isOurs = (environment: string): boolean => environment === needs.environment;
  const divided = repositories.map(({ repository, images, promoted }) => {
    const old = needs.previous === undefined ? new Set() : replaced(Object.values(promoted), needs.previous);
    const isNeeded = (digest: string): boolean => needs.digests.has(digest) || needs.references.has(`${repository}@${digest}`);
    const ofOthers = new Set(
      images.flatMap(({ tags }) => tags.flatMap((tag) => attestedBy(tag, (of) => of !== needs.environment) ?? [])),
    );
    const stays = ({ digest, tags }: StoredImage): boolean =>
      isNeeded(digest) ||
      ofOthers.has(digest) ||
      tags.some((tag) => needs.references.has(`${repository}:${tag}`)) ||
      !tags.every(
        (tag) =>
          ADDRESS.test(tag) ||
          attestedBy(tag, isOurs) !== undefined ||
          (old.has(digest) && WAS.exec(tag)?.[1] === digest.slice(7, 19)),
      );
    const staying = new Set(images.filter(stays).map(({ digest }) => digest));
    const attestsNeeded = (tag: string): boolean => {
      const attested = attestedBy(tag, isOurs) ?? '';
      return staying.has(attested) || isNeeded(attested);
    };
    return { repository, images, gone: images.filter(({ digest, tags }) => !staying.has(digest) && !tags.some(attestsNeeded)) };
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

/** What tags were moved to, and then to more than so many others: each is public as the last one. */
function replaced(promoted: readonly (readonly string[])[], previous: number): ReadonlySet<string> {
  const recent = new Set(promoted.flatMap((each) => each.slice(-(previous + 1))));
  return new Set(promoted.flat().filter((digest) => !recent.has(digest)));
}

/** The digest that a tag attests; undefined for another tag, and for one of an environment that is not meant. */
function attestedBy(tag: string, isMeant: (environment: string) => boolean): string | undefined {
  const [, hex = '', environment] = ATTESTATION.exec(tag) ?? [];
  return environment !== undefined && isMeant(environment) ? `sha256:${hex}` : undefined;
}

/** The references into a registry that stand anywhere in a text, such as the JSON of an object. */
export function referencesIn(text: string, root: string): string[] {
  const start = root.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return (
    text.match(new RegExp(`${start}/[a-z0-9/._-]+(?::[\\w][\\w.-]*(?:@sha256:[0-9a-f]{64})?|@sha256:[0-9a-f]{64})`, 'g')) ?? []
  );
}
