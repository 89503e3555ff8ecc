import { z } from 'zod';
import { packageFactsFields } from '../lib/buildpacks/debian/package-facts';
import type { LockedPackages } from '../lib/buildpacks/debian/locked-packages';
import { extendPlan } from '../lib/buildpacks/layers/extend-plan';
import { freshPlan } from '../lib/buildpacks/layers/fresh-plan';
import { imagesOfRelease } from '../lib/buildpacks/layers/images-of-release';
import { RELEASED } from '../lib/buildpacks/layers/update-rate';
import { WEIGH_SCRIPT } from '../lib/buildpacks/layers/weigh-script';
import { Stack } from '../lib/buildpacks/stack/stack';
import type { Suite } from '../lib/buildpacks/target';
import type { Settings } from '../lib/settings/settings';
import { declareEnvironment } from '../stacks/environment';
import { readLayerPlan, shownLayerPlan } from '../stacks/locks/read-layer-plan';
import { describeChange, describePlan, writePlan } from './layer-plans';
import { knownPackages, today, unknownLines } from './package-facts';
import { useClusterOf } from './pulumi-stack';
import { inToolbox } from './toolbox';

const weighedSchema = z.strictObject({
  ...packageFactsFields,
  /** Lines of name and version that the mirror has no more; the newest version stands in for it. */
  gone: z.array(z.string()),
  /** Sources that say nowhere when they were changed. */
  silent: z.array(z.string()),
});

type Weighed = z.infer<typeof weighedSchema>;

/** How a plan is made. */
export interface PlanLayersOptions {
  /** Whether a new one takes the place of the committed plan, instead of one that extends it. */
  readonly fresh: boolean;
}

/**
 * `csb plan-layers [release]`: extends the layer plan of a release, or of all, by what locks have; with `--fresh`, makes a new one of the
 * committed plan's budget. It says what that costs before it writes. What it asks the mirror is of the locked versions.
 */
export async function planLayers(environment: string, release: string | undefined, { fresh }: PlanLayersOptions): Promise<void> {
  const settings = useClusterOf(environment);
  const stacks = Stack.allOf(declareEnvironment(environment, { ...settings, families: ['all'] }));
  for (const suite of suitesOf(stacks, release)) {
    const own = stacks.filter((stack) => stack.suite === suite);
    const images = imagesOfRelease(own, suite);
    const weighed = await weigh(settings, suite, own);
    const { facts, unknown } = knownPackages(
      images.flatMap(({ packages }) => packages),
      weighed,
      { suite, today: today() },
    );
    for (const line of notFound(weighed, unknown)) console.log(line);
    const before = { plan: readLayerPlan(suite), images };
    const { budget } = before.plan;
    const plan = fresh ? freshPlan({ release: suite, budget, images, facts }) : extendPlan(before.plan, images, facts);
    const change = { suite, before, after: { plan, images }, facts };
    for (const line of [...describeChange(change), ...describePlan(change)]) console.log(line);
    writePlan(suite, plan);
    console.log(`${shownLayerPlan(suite)} is written; review its diff`);
  }
}

/** The release that is named; all when none is. */
export function suitesOf(stacks: readonly Pick<Stack, 'suite'>[], release: string | undefined): readonly Suite[] {
  const all = [...new Set(stacks.map(({ suite }) => suite))];
  const found = all.filter((suite) => release === undefined || suite === release);
  if (found.length > 0) return found;
  throw new Error(`no stack is of the release '${release ?? ''}'. There are: ${all.join(', ')}`);
}

async function weigh(settings: Settings, suite: Suite, stacks: readonly Stack[]): Promise<Weighed> {
  const packages = stacks.flatMap(({ lock: { base = {}, run, build } }) => [base, run, build].flatMap(versionsOf));
  const { mirror } = settings;
  const variables = {
    SUITE: suite,
    MIRROR: mirror.debian,
    SECURITY_MIRROR: mirror.security,
    SINCE: RELEASED[suite],
    PACKAGES: [...new Set(packages)].sort().join('\n'),
  };
  return parseWeighed(
    await inToolbox(settings, { name: `plan-layers-${suite}`, script: WEIGH_SCRIPT, variables, asks: 'mirror' }),
  );
}

/** Lines of name and version, of a fallback as well: its file is there when the newest is gone. */
function versionsOf(packages: LockedPackages): string[] {
  return Object.entries(packages).flatMap(([name, { version, fallback }]) => [
    `${name} ${version}`,
    ...(fallback ? [`${name} ${fallback.version}`] : []),
  ]);
}

/**
 * What the script has printed.
 *
 * @throws Error when it is something else, as when the pod ended in the middle of it
 */
export function parseWeighed(text: string): Weighed {
  try {
    return weighedSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new Error(`the toolbox did not say to the end what packages weigh (${text.length} characters); try again`, {
      cause: error,
    });
  }
}

function notFound({ gone, silent }: Weighed, unknown: readonly string[]): string[] {
  return [
    ...gone.map((each) => `the mirror has ${each} no more: its newest version is weighed`),
    ...silent.map((each) => `no package of ${each} says when it was changed: it counts as never updated`),
    ...unknownLines(unknown),
  ];
}
