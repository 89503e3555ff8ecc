import fc from 'fast-check';
import { referencesIn, retentionOf, type StoredImage, type StoredRepository } from '../../lib/registry/retention';

const hex = (of: number, length: number): string => of.toString(16).padStart(length, '0');
const digest = (of: number): string => `sha256:${hex(of, 64)}`;
const address = (of: number): string => `c-${hex(of, 16)}`;
const REPOSITORY = 'registry.test/toolforge-x';
const image = (of: number, tags: readonly string[], blobs: Readonly<Record<string, number>> = {}): StoredImage => ({
  digest: digest(of),
  tags,
  blobs,
});
const goes = (images: readonly StoredImage[], ...references: readonly string[]): string[] =>
  retentionOf([{ repository: REPOSITORY, images, promoted: {} }], {
    environment: 'test',
    references: new Set(references),
    digests: new Set(),
  }).remove.flatMap((each) => each.images.map(({ digest: gone }) => gone));

test('what is declared stays, by its tag, and what is pinned or runs, by its digest', () => {
  const images = [image(1, [address(1)]), image(2, [address(2)]), image(3, [address(3)])];
  expect(goes(images, `${REPOSITORY}:${address(1)}`, `${REPOSITORY}@${digest(2)}`)).toEqual([digest(3)]);
});

test('one needed tag of several is enough', () => {
  expect(goes([image(1, [address(1), address(2)])], `${REPOSITORY}:${address(1)}`)).toEqual([]);
});

test.each(['latest', 'undivided', 'promotions', 'was-latest-0123456789ab', 'c-short', `sha256-${hex(1, 64)}.contract-other`])(
  'what has the tag %s as well stays',
  (tag) => {
    expect(goes([image(1, [address(1), tag])])).toEqual([]);
  },
);

test('an attestation stays with what it attests, and goes with it', () => {
  const attestation = (of: number): string => `sha256-${hex(of, 64)}.contract-test`;
  const images = [image(1, [address(1)]), image(2, [address(2)]), image(8, [attestation(1)]), image(9, [attestation(2)])];
  expect(goes(images, `${REPOSITORY}:${address(1)}`)).toEqual([digest(2), digest(9)]);
  expect(goes([image(1, [address(1), 'latest']), image(8, [attestation(1)])])).toEqual([]);
});

test('what another environment has attested stays with it', () => {
  expect(goes([image(1, [address(1)]), image(8, [`sha256-${hex(1, 64)}.contract-other`]), image(2, [address(2)])])).toEqual([
    digest(2),
  ]);
});

describe('of what was public before', () => {
  const was = (of: number): string[] => ['testing', 'latest'].map((tag) => `was-${tag}-${digest(of).slice(7, 19)}`);
  const legacy = image(7, ['was-latest-legacy']);
  const images = [
    ...[1, 2, 3].map((of) => image(of, [address(of), ...was(of)])),
    image(4, [address(4), 'testing', 'latest']),
    image(8, [`sha256-${hex(1, 64)}.contract-test`]),
    legacy,
    image(9, ['promotions']),
  ];
  const promoted = { testing: [1, 2, 3, 4].map(digest), latest: [1, 2, 3, 4].map(digest) };
  const gone = (previous: number | undefined, digests: readonly string[] = []): string[] =>
    retentionOf([{ repository: REPOSITORY, images, promoted }], {
      ...{ environment: 'test', references: new Set<string>(), digests: new Set(digests), previous },
    }).remove.flatMap((each) => each.images.map((every) => every.digest));

  test('all stays unless a number is given', () => {
    expect(gone(undefined)).toEqual([]);
  });

  test('the last so many stay, and what is older goes with its attestation', () => {
    expect(gone(1)).toEqual([digest(1), digest(2), digest(8)]);
    expect(gone(2)).toEqual([digest(1), digest(8)]);
    expect(gone(9)).toEqual([]);
  });

  test.each(['was-good-keep-me', 'was-latest-0123456789ab'])('what somebody has given the tag %s as well stays', (tag) => {
    const kept = images.map((each) => (each.digest === digest(1) ? { ...each, tags: [...each.tags, tag] } : each));
    const needs = { environment: 'test', references: new Set<string>(), digests: new Set<string>(), previous: 1 };
    const [removed] = retentionOf([{ repository: REPOSITORY, images: kept, promoted }], needs).remove;
    expect(removed?.images.map((each) => each.digest)).toEqual([digest(2)]);
  });

  test('what one tag was before stays, whatever another one was', () => {
    const half = { ...promoted, latest: [1, 4].map(digest) };
    const needs = { environment: 'test', references: new Set<string>(), digests: new Set<string>(), previous: 1 };
    const [removed] = retentionOf([{ repository: REPOSITORY, images, promoted: half }], needs).remove;
    expect(removed?.images.map((each) => each.digest)).toEqual([digest(2)]);
  });

  test('what runs stays, however old', () => {
    expect(gone(1, [digest(1)])).toEqual([digest(2)]);
  });

  test('what was public before ours stays, and what no history names', () => {
    expect(gone(1)).not.toContain(legacy.digest);
    const unknown = [{ repository: REPOSITORY, images, promoted: {} }];
    const needs = { environment: 'test', references: new Set<string>(), digests: new Set<string>(), previous: 1 };
    expect(retentionOf(unknown, needs).remove).toEqual([]);
  });
});

test('what runs stays, in whichever repository, with its attestation, and so does the attestation of what has no tag', () => {
  const images = [
    image(1, [address(1)]),
    image(8, [`sha256-${hex(1, 64)}.contract-test`]),
    image(9, [`sha256-${hex(7, 64)}.contract-test`]),
  ];
  const needs = { environment: 'test', references: new Set([`${REPOSITORY}@${digest(7)}`]), digests: new Set([digest(1)]) };
  expect(retentionOf([{ repository: REPOSITORY, images, promoted: {} }], needs).remove).toEqual([]);
});

test('references are found wherever they stand, by tag, by digest and by both', () => {
  const text = JSON.stringify({
    a: [`registry.test:5000/p/x:c-1`],
    b: `{"c":"registry.test:5000/p/y/z@${digest(1)}"} registry.test:5000/p/t:1@${digest(2)}`,
  });
  expect(referencesIn(text, 'registry.test:5000/p')).toEqual([
    'registry.test:5000/p/x:c-1',
    `registry.test:5000/p/y/z@${digest(1)}`,
    `registry.test:5000/p/t:1@${digest(2)}`,
  ]);
  expect(referencesIn(text, 'registry-test:5000/p')).toEqual([]);
});

test('bytes are those of blobs that nothing that stays has, each once', () => {
  const images = [
    image(1, [address(1)], { shared: 100, own: 1 }),
    image(2, [address(2)], { shared: 100, gone: 10 }),
    image(3, [address(3)], { gone: 10, other: 5 }),
  ];
  const references = new Set([`${REPOSITORY}:${address(1)}`]);
  expect(
    retentionOf([{ repository: REPOSITORY, images, promoted: {} }], { environment: 'test', references, digests: new Set() }),
  ).toMatchObject({
    kept: 1,
    bytes: 15,
  });
});

/** Repositories with manifests of all kinds of tags, and some references. */
const stored: fc.Arbitrary<readonly StoredRepository[]> = fc
  .array(
    fc.uniqueArray(
      fc.record({
        of: fc.nat(30),
        tags: fc.uniqueArray(
          fc.oneof(
            fc.nat(9).map(address),
            fc.constantFrom('latest', 'promotions', 'was-latest-0123456789ab', `was-latest-${digest(0).slice(7, 19)}`),
            fc.nat(30).map((each) => `sha256-${hex(each, 64)}.contract-test`),
          ),
          { minLength: 1, maxLength: 3 },
        ),
        blobs: fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.nat(1000)),
      }),
      { maxLength: 8, selector: ({ of }) => of },
    ),
    { maxLength: 3 },
  )
  .map((all) =>
    all.map((images, i) => ({
      repository: `registry.test/r${i}`,
      promoted: { latest: images.map(({ of }) => digest(of)) },
      images: images.map(({ of, tags, blobs }) => image(of, tags, blobs)),
    })),
  );
const cases = stored.chain((repositories) => {
  const all = repositories.flatMap(({ repository, images }) =>
    images.flatMap(({ digest: own, tags }) => [`${repository}@${own}`, ...tags.map((tag) => `${repository}:${tag}`)]),
  );
  return fc.record({ repositories: fc.constant(repositories), references: fc.subarray(all).map((each) => new Set(each)) });
});

test('nothing that is needed goes, no layer of what stays is counted, and a second time there is nothing to do', () => {
  fc.assert(
    fc.property(cases, fc.option(fc.nat(3), { nil: undefined }), ({ repositories, references }, previous) => {
      const needs = { environment: 'test', references, digests: new Set<string>(), previous };
      const { remove, kept, bytes } = retentionOf(repositories, needs);
      const gone = new Set(remove.flatMap(({ repository, images }) => images.map((each) => `${repository}@${each.digest}`)));
      const left = repositories.map(({ repository, images, promoted }) => ({
        ...{ repository, promoted },
        images: images.filter((each) => !gone.has(`${repository}@${each.digest}`)),
      }));
      for (const { repository, images } of remove)
        for (const each of images) {
          expect(references.has(`${repository}@${each.digest}`)).toBe(false);
          for (const tag of each.tags) expect(references.has(`${repository}:${tag}`)).toBe(false);
        }
      const total = (which: readonly StoredRepository[]): ReadonlySet<string> =>
        new Set(which.flatMap(({ images }) => images.flatMap(({ blobs }) => Object.keys(blobs))));
      if (total(left).size === total(repositories).size) expect(bytes).toBe(0);
      expect(kept).toBe(left.flatMap(({ images }) => images).length);
      expect(retentionOf(left, needs)).toMatchObject({ remove: [], bytes: 0 });
    }),
  );
});

test('whoever needs more never loses more', () => {
  fc.assert(
    fc.property(cases, fc.nat(), ({ repositories, references }, which) => {
      const all = [...references];
      const fewer = new Set(all.filter((_, i) => all.length === 0 || i !== which % all.length));
      const removed = (needed: ReadonlySet<string>): string[] =>
        retentionOf(repositories, { environment: 'test', references: needed, digests: new Set() }).remove.flatMap(
          ({ repository, images }) => images.map((each) => `${repository}@${each.digest}`),
        );
      expect(removed(fewer)).toEqual(expect.arrayContaining(removed(references)));
    }),
  );
});
