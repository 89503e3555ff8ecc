import type { IConstruct } from 'constructs';
import { packageProblems } from '../debian/locked-packages';
import type { IStack } from '../stack/stack';
import type { Target } from '../target';
import { type PinnedFiles, pinnedProblems } from './pinned-files';
import { type Recipe, runtimeNeeds } from './recipe';

/** A runtime, as far as its declaration can be wrong. */
interface Declared {
  readonly needs: readonly string[];
  readonly builtOn: IStack;
  readonly target: Target;
  readonly against: (IConstruct & { readonly target: Target }) | undefined;
}

/**
 * What the declaration of a runtime gets wrong that its types cannot see.
 *
 * @returns a line a problem
 */
export function runtimeProblems(runtime: Declared, recipe: Recipe, pinned: readonly PinnedFiles[]): string[] {
  return [
    ...pinned.flatMap((each) => pinnedProblems(each, runtime.builtOn.pipelines.props.mirror)),
    ...packageProblems(runtime.needs),
    ...buildProblems(runtime, recipe),
    ...againstProblems(runtime),
  ];
}

function buildProblems({ builtOn }: Declared, recipe: Recipe): string[] {
  if (recipe.needs !== undefined && recipe.needs[builtOn.suite] === undefined)
    return [`the recipe ${recipe.name} does not say what it needs on ${builtOn.suite}; add that release to its \`needs\``];
  if (!builtOn.isWholeKnown) return [];
  const there = new Set(builtOn.buildPackages);
  const missing = runtimeNeeds(recipe, builtOn).build.filter((each) => !there.has(each));
  if (missing.length === 0) return [];
  return [
    `the recipe ${recipe.name} needs packages that the build image of ${builtOn.name} lacks: ${missing.join(', ')}; ` +
      'add them to its `packages.build`',
  ];
}

function againstProblems({ against, target }: Declared): string[] {
  if (against === undefined || JSON.stringify(against.target) === JSON.stringify(target)) return [];
  const said = ({ distro }: typeof target): string => `${distro.name} ${distro.version}`;
  return [
    `it is for ${said(target)}, but ${against.node.path}, which it is built against, for ${said(against.target)}; build both on one release`,
  ];
}
