import { registryIn } from './forms';
import { problemsOf, repeated, type Section } from './problem';

/** What a run image is called: its name, and the names of its copies in other registries. */
export interface RunImageNames {
  /** Without a digest. */
  readonly image: string;
  readonly mirrors?: readonly string[];
}

const SECTION: Section = 'platform 0.15, "run.toml (TOML)"';

/** What is wrong with the run images that a builder offers. */
export function runImageNameProblems(runImages: readonly RunImageNames[]): readonly string[] {
  const twice = repeated(runImages.flatMap(({ image, mirrors = [] }) => [image, ...mirrors]));
  return problemsOf([
    {
      holds: runImages.length > 0,
      what: 'the run images of a builder',
      value: runImages,
      expected: 'at least one, which the analyzer takes when it is told none',
      section: 'platform 0.15, "analyzer"',
    },
    ...runImages.flatMap(({ image, mirrors = [] }) => {
      const names = [image, ...mirrors];
      const registries = repeated(names.map((name) => registryIn(name)).filter((registry) => registry !== undefined));
      return [
        ...names.map((name) => ({
          holds: registryIn(name) !== undefined && !name.includes('@'),
          what: `a name of the run image ${image}`,
          value: name,
          expected: 'registry/repository, with or without a tag and without a digest, which a later run image would not have',
          section: SECTION,
        })),
        {
          holds: registries.length === 0,
          what: `registries that have the run image ${image} under two names`,
          value: registries,
          expected: 'none: each mirror stands in a registry of its own',
          section: SECTION,
        },
      ];
    }),
    { holds: twice.length === 0, what: 'names of two run images', value: twice, expected: 'none', section: SECTION },
  ]);
}
