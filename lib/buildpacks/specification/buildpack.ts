import { API_VERSION, BUILDPACK_VERSION, ID, RESERVED_IDS, SBOM_FORMATS } from './forms';
import { problemsOf, type Rule, type Section } from './problem';
import { type BuildpackTarget, platformRules } from './target';

/** A buildpack by its id and exact version. */
export interface BuildpackReference {
  readonly id: string;
  readonly version: string;
}

/** A place in an order group. */
export interface GroupEntry extends BuildpackReference {
  /** @default false */
  readonly optional?: boolean;
}

/** Order groups, in the order in which they are tried. */
export type Order = readonly (readonly GroupEntry[])[];

/** What a folder with a buildpack.toml declares. */
export interface BuildpackData extends BuildpackReference {
  /** The buildpack API that it speaks. */
  readonly api: string;
  /** @default - any Linux */
  readonly targets?: readonly BuildpackTarget[];
  /** Only in a composite buildpack, which has no programs of its own. */
  readonly order?: Order;
  /** The deprecated `stacks`, by their ids. */
  readonly stacks?: readonly string[];
  readonly sbomFormats?: readonly string[];
  /** The paths of its executable files, such as `bin/build`. */
  readonly programs: readonly string[];
}

const TOML: Section = 'buildpack 0.12, "buildpack.toml (TOML)"';
const INTERFACE: Section = 'buildpack 0.12, "Buildpack Interface"';
const ORDER: Section = 'buildpack 0.12, "Order"';

/** What is wrong with a buildpack, whoever uses it. */
export function buildpackProblems(buildpack: BuildpackData): readonly string[] {
  const { id, api, targets = [], order, stacks = [], sbomFormats = [], programs } = buildpack;
  const named = `buildpack ${id}`;
  return problemsOf([
    ...referenceRules('buildpack', buildpack, TOML),
    {
      holds: API_VERSION.test(api),
      what: `${named}: api`,
      value: api,
      expected: 'a buildpack API such as 0.12',
      section: 'buildpack 0.12, "Buildpack API Version"',
    },
    ...(order === undefined ? componentRules(named, programs) : compositeRules(named, programs, order)),
    {
      holds: order === undefined || stacks.length === 0,
      what: `${named}: stacks beside an order`,
      value: stacks,
      expected: 'none',
      section: 'buildpack 0.12, "buildpack.toml (TOML) stacks Array"',
    },
    ...targets.flatMap((target, i) => platformRules(`${named}: target ${i}`, target, 'buildpack 0.12, "Targets"')),
    ...sbomFormats.map((format) => ({
      holds: SBOM_FORMATS.includes(format),
      what: `${named}: an entry of sbom-formats`,
      value: format,
      expected: `one of ${SBOM_FORMATS.join(', ')}`,
      section: TOML,
    })),
  ]);
}

/** The rules of an id and a version. */
export function referenceRules(what: string, { id, version }: BuildpackReference, section: Section): readonly Rule[] {
  return [
    {
      holds: ID.test(id) && !RESERVED_IDS.includes(id),
      what: `the id of ${what} ${id}`,
      value: id,
      expected: `letters, digits, '.', '/' and '-', and none of ${RESERVED_IDS.join(', ')}`,
      section,
    },
    {
      holds: BUILDPACK_VERSION.test(version),
      what: `the version of ${what} ${id}`,
      value: version,
      expected: 'three numbers without leading zeros, such as 0.1.0',
      section,
    },
  ];
}

function componentRules(named: string, programs: readonly string[]): readonly Rule[] {
  return ['bin/detect', 'bin/build'].map((program) => ({
    holds: programs.includes(program),
    what: `${named}: ${program}`,
    value: undefined,
    expected: 'an executable file, or else an order in buildpack.toml',
    section: INTERFACE,
  }));
}

function compositeRules(named: string, programs: readonly string[], order: Order): readonly Rule[] {
  const own = programs.filter((program) => ['bin/detect', 'bin/build'].includes(program));
  return [
    { holds: own.length === 0, what: `${named}: programs beside an order`, value: own, expected: 'none', section: INTERFACE },
    { holds: order.length > 0, what: `${named}: order`, value: order, expected: 'at least one group', section: ORDER },
    ...order.flatMap((group) => group.flatMap((entry) => referenceRules(`${named}'s entry`, entry, ORDER))),
  ];
}
