import { BUILD_REQUIREMENTS } from './build-requirements';
import { BUILDER_REQUIREMENTS } from './builder-requirements';
import { IMAGE_REQUIREMENTS } from './image-requirements';
import type { Requirement } from './requirement';

/** Everything that the specification asks of what makes base images and builders, and runs the phases. */
export const REQUIREMENTS = { ...IMAGE_REQUIREMENTS, ...BUILDER_REQUIREMENTS, ...BUILD_REQUIREMENTS } as const;

/** The ids of the requirements that are checked at synth. */
export type CheckedRequirement = {
  [Id in keyof typeof REQUIREMENTS]: (typeof REQUIREMENTS)[Id]['held'] extends { readonly check: string } ? Id : never;
}[keyof typeof REQUIREMENTS];

const GROUPS: readonly (readonly [title: string, requirements: Readonly<Record<string, Requirement>>])[] = [
  ['Build images and run images', IMAGE_REQUIREMENTS],
  ['Builders and buildpacks', BUILDER_REQUIREMENTS],
  ['Builds', BUILD_REQUIREMENTS],
];

/** The page docs/cnb-requirements.md. */
export function renderRequirements(): string {
  const tables = GROUPS.flatMap(([title, requirements]) => [`## ${title}`, '', ...table(Object.values(requirements)), '']);
  return [INTRODUCTION, ...tables].join('\n');
}

const INTRODUCTION = `# What the CNB specification asks of a platform

Platform API 0.15, buildpack API 0.12 and the builder extension 0.1, rule by rule, in our own words. What they ask of the lifecycle is the
lifecycle's to keep, and not in here.

Made from \`test/buildpacks/specification/*-requirements.ts\`; after a change there: \`UPDATE=1 npx jest test/buildpacks/specification\`.
A **check** is a function of \`lib/buildpacks/specification\`, run at synth (\`buildRunProblems\`: in a test, over the
rendered tasks), which names the section; each rule of a check is tested with an
example that breaks it.
`;

function table(requirements: readonly Requirement[]): readonly string[] {
  const rows = requirements.map(({ section, level, rule, held }) => [section, level, rule, heldIn(held)]);
  return [['section', '', 'rule', 'held by'], ['---', '---', '---', '---'], ...rows].map((cells) => `| ${cells.join(' | ')} |`);
}

function heldIn(held: Requirement['held']): string {
  if ('check' in held) return `check \`${held.check}\``;
  return 'heldBy' in held ? `\`${held.heldBy}\`: ${held.how}` : `not here: ${held.notApplicable}`;
}
