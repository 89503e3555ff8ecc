import { API_VERSION, registryIn } from '../../../lib/buildpacks/specification/forms';
import { problemsOf, repeated, type Section } from '../../../lib/buildpacks/specification/problem';

/** The phases of a build that extends no image, in their order. Without a cache there is nothing for the restorer to do. */
export const PHASES = ['analyzer', 'detector', 'restorer', 'builder', 'exporter'] as const;

/** How one phase is run. */
export interface PhaseData {
  readonly phase: (typeof PHASES)[number];
  /** Whether its container is made from the builder. */
  readonly inBuilder: boolean;
  readonly uid: number;
  readonly environment: Readonly<Record<string, string>>;
  /** Whether its container holds a credential of a registry. */
  readonly holdsCredentials: boolean;
}

/** How a build runs. */
export interface BuildRun {
  readonly phases: readonly PhaseData[];
  /** CNB_USER_ID of the builder. */
  readonly builderUid: number;
  /** The tags that the exporter writes. */
  readonly images: readonly string[];
}

/** What runs a stranger's code, or the application's. */
const UNTRUSTED: readonly PhaseData['phase'][] = ['detector', 'builder'];
const COMPATIBILITY: Section = 'platform 0.15, "Platform API Compatibility"';
const EXPORTER: Section = 'platform 0.15, "exporter"';

/** What is wrong with how the phases of a build are run. */
export function buildRunProblems({ phases, builderUid, images }: BuildRun): readonly string[] {
  const apis = [...new Set(phases.map(({ environment }) => environment['CNB_PLATFORM_API']).filter((api) => api !== undefined))];
  const registries = [...new Set(images.map((image) => registryIn(image)))];
  return problemsOf([
    {
      holds: [PHASES.join(), PHASES.filter((phase) => phase !== 'restorer').join()].includes(
        phases.map(({ phase }) => phase).join(),
      ),
      what: 'the phases of a build',
      value: phases.map(({ phase }) => phase),
      expected: `${PHASES.join(', ')}; the restorer only with a cache`,
      section: 'platform 0.15, "Build"',
    },
    ...phases.map(({ phase, environment: { CNB_PLATFORM_API: api } }) => ({
      holds: api !== undefined && API_VERSION.test(api),
      what: `the ${phase}'s CNB_PLATFORM_API`,
      value: api,
      expected: 'a platform API such as 0.15',
      section: COMPATIBILITY,
    })),
    {
      holds: apis.length < 2,
      what: 'CNB_PLATFORM_API of the phases',
      value: apis,
      expected: 'one for all: each reads what the one before has written',
      section: COMPATIBILITY,
    },
    ...phases
      .filter(({ phase }) => UNTRUSTED.includes(phase))
      .flatMap(({ phase, inBuilder, uid, holdsCredentials }): Parameters<typeof problemsOf>[0] => [
        {
          holds: inBuilder,
          what: `the ${phase} in the builder`,
          value: inBuilder,
          expected: 'true',
          section: `platform 0.15, "${phase}"`,
        },
        {
          holds: uid === builderUid && uid !== 0,
          what: `the ${phase}'s uid`,
          value: uid,
          expected: `the build image's user, ${builderUid}, and not root`,
          section: `platform 0.15, "${phase}"`,
        },
        {
          holds: !holdsCredentials,
          what: `credentials of a registry beside the ${phase}`,
          value: holdsCredentials,
          expected: 'none',
          section: 'buildpack 0.12, "Assumptions of Trust"',
        },
      ]),
    ...phases.map(({ phase, environment: { CNB_EXEC_ENV: name = 'production' } }) => ({
      holds: /^[^/\s]+$/.test(name),
      what: `the ${phase}'s CNB_EXEC_ENV`,
      value: name,
      expected: "a name without '/', such as production",
      section: 'platform 0.15, "CNB Terminology"' as const,
    })),
    ...images.map((image) => ({
      holds: registryIn(image) !== undefined && !image.includes('@'),
      what: 'an image that the exporter writes',
      value: image,
      expected: 'registry/repository:tag',
      section: EXPORTER,
    })),
    {
      holds: images.length > 0 && repeated(images).length === 0 && registries.length === 1,
      what: 'the images that the exporter writes',
      value: images,
      expected: 'one or more, each once, all in one registry',
      section: EXPORTER,
    },
  ]);
}
