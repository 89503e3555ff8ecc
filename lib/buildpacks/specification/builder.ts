import type { BuildConfigVariable } from './build-config';
import { type BuildpackData, type BuildpackReference, type GroupEntry, type Order, referenceRules } from './buildpack';
import { API_VERSION, wholeApi } from './forms';
import { problemsOf, repeated, type Rule, type Section } from './problem';
import type { RunImageNames } from './run-images';
import { satisfies, type TargetData } from './target';

/** The buildpacks that a platform puts around every order group. */
export interface SystemBuildpacks {
  readonly pre: readonly GroupEntry[];
  readonly post: readonly GroupEntry[];
}

/** A lifecycle and the APIs that it speaks. */
export interface LifecycleData {
  readonly version: string;
  readonly platformApis: readonly string[];
  readonly buildpackApis: readonly string[];
}

/** What a builder consists of. */
export interface BuilderData {
  readonly name: string;
  readonly buildpacks: readonly BuildpackData[];
  readonly order: Order;
  readonly system?: SystemBuildpacks;
  readonly runImages: readonly RunImageNames[];
  readonly buildConfig?: readonly BuildConfigVariable[];
  readonly lifecycle: LifecycleData;
  /** The platform API that the phases are told to speak. */
  readonly platformApi: string;
  /** The target of its stack. */
  readonly target: TargetData;
}

const ORDER: Section = 'platform 0.15, "order.toml (TOML)"';
const SYSTEM: Section = 'platform 0.15, "system.toml (TOML)"';
const LAYOUT: Section = 'platform 0.15, "Buildpacks Directory Layout"';

/** What is wrong between the parts of a builder. */
export function builderProblems(builder: BuilderData): readonly string[] {
  const { name, buildpacks, order, system = { pre: [], post: [] }, lifecycle, platformApi } = builder;
  return problemsOf([
    { holds: order.length > 0, what: `builder ${name}: order`, value: order, expected: 'at least one group', section: ORDER },
    ...order.flatMap((group, i) => groupRules(builder, `order group ${i}`, group)),
    ...systemRules(builder, 'pre', system.pre),
    ...systemRules(builder, 'post', system.post),
    ...idRules(builder),
    ...buildpacks.flatMap((buildpack) => buildpackRules(builder, buildpack)),
    {
      holds: API_VERSION.test(platformApi) && lifecycle.platformApis.includes(wholeApi(platformApi)),
      what: `builder ${name}: the platform API`,
      value: platformApi,
      expected: `one that the lifecycle ${lifecycle.version} speaks, ${lifecycle.platformApis.join(', ')}`,
      section: 'platform 0.15, "Platform API Compatibility"',
    },
  ]);
}

function groupRules(builder: BuilderData, where: string, group: readonly GroupEntry[]): readonly Rule[] {
  const what = `builder ${builder.name}: ${where}`;
  const twice = repeated(group.map(({ id }) => id));
  return [
    { holds: group.length > 0, what, value: group, expected: 'at least one buildpack', section: ORDER },
    {
      holds: group.length === 0 || group.some(({ optional }) => optional !== true),
      what: `${what}, where all are optional`,
      value: group.map(({ id }) => id),
      expected: 'one that is not, or else nothing that detects is a detection that succeeds',
      section: 'buildpack 0.12, "Order Resolution"',
    },
    { holds: twice.length === 0, what: `${what}: repeated ids`, value: twice, expected: 'none', section: ORDER },
    ...group.flatMap((entry) => memberRules(builder, what, entry, ORDER)),
  ];
}

function systemRules(builder: BuilderData, where: 'pre' | 'post', entries: readonly GroupEntry[]): readonly Rule[] {
  const what = `builder ${builder.name}: system.${where}`;
  const twice = repeated(entries.map(({ id }) => id));
  return [
    { holds: twice.length === 0, what: `${what}: repeated ids`, value: twice, expected: 'none', section: SYSTEM },
    ...entries.flatMap((entry) => [
      ...memberRules(builder, what, entry, SYSTEM),
      {
        holds: entry.optional !== true,
        what: `${what}: optional of ${entry.id}`,
        value: entry.optional,
        expected: 'false: lifecycle 0.21 does not read it, so that the group would fail with the buildpack',
        section: SYSTEM,
      },
    ]),
  ];
}

function memberRules({ buildpacks }: BuilderData, what: string, entry: BuildpackReference, section: Section): readonly Rule[] {
  const { id, version } = entry;
  const there = buildpacks.filter((buildpack) => buildpack.id === id).map((buildpack) => buildpack.version);
  return [
    ...referenceRules(`${what}'s entry`, entry, section),
    {
      holds: there.includes(version),
      what,
      value: `${id}@${version}`,
      expected: there.length === 0 ? 'buildpacks of the builder' : `a version that the builder has of it, ${there.join(', ')}`,
      section,
    },
  ];
}

function idRules({ name, buildpacks }: BuilderData): readonly Rule[] {
  const twice = repeated(buildpacks.map(({ id, version }) => `${id}@${version}`));
  const ids = [...new Set(buildpacks.map(({ id }) => id))];
  const alike = ids.filter((id, i) => ids.some((other, j) => j < i && other.toLowerCase() === id.toLowerCase()));
  const rule = (what: string, value: readonly string[], section: Section): Rule => ({
    holds: value.length === 0,
    what: `builder ${name}: ${what}`,
    value,
    expected: 'none',
    section,
  });
  return [
    rule('buildpacks that are there twice', twice, LAYOUT),
    rule('ids that differ from another only in case', alike, 'buildpack 0.12, "buildpack.toml (TOML)"'),
  ];
}

function buildpackRules({ name, lifecycle, target }: BuilderData, buildpack: BuildpackData): readonly Rule[] {
  const { id, api, targets = [], order } = buildpack;
  const targeted = targets.length === 0 ? [{ os: 'linux' }] : targets;
  return [
    {
      holds: lifecycle.buildpackApis.includes(wholeApi(api)),
      what: `builder ${name}: the API of buildpack ${id}`,
      value: api,
      expected: `one that the lifecycle ${lifecycle.version} speaks, ${lifecycle.buildpackApis.join(', ')}`,
      section: 'buildpack 0.12, "Buildpack API Compatibility"',
    },
    {
      // A composite buildpack has its components' targets.
      holds: order !== undefined || targeted.some((each) => satisfies(each, target)),
      what: `builder ${name}: the targets of buildpack ${id}`,
      value: targeted,
      expected: `one that fits the stack's, ${JSON.stringify(target)}`,
      section: 'buildpack 0.12, "Targets"',
    },
  ];
}
