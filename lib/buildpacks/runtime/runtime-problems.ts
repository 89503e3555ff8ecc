import { packageProblems } from '../debian/locked-packages';
import { runtimeNeeds } from './needs';
import { type PinnedFiles, pinnedProblems } from './pinned-files';
import type { Runtime, RuntimeOrigin } from './runtime';

/** What the declaration of a runtime gets wrong that its types cannot see. @returns a line a problem */
export function runtimeProblems(runtime: Runtime, from: RuntimeOrigin, pinned: readonly PinnedFiles[]): string[] {
  return [
    ...pinned.flatMap(pinnedProblems),
    ...packageProblems(runtime.needs),
    ...buildProblems(runtime, from),
    ...againstProblems(runtime),
  ];
}

function buildProblems({ builtOn }: Runtime, from: RuntimeOrigin): string[] {
  if (from.kind !== 'source' || !builtOn.isWholeKnown) return [];
  const there = new Set(builtOn.buildPackages);
  const missing = runtimeNeeds(from.recipe, builtOn).build.filter((each) => !there.has(each));
  if (missing.length === 0) return [];
  return [
    `the recipe ${from.recipe} needs packages that the build image of ${builtOn.name} lacks: ${missing.join(', ')}; ` +
      'add them to its `packages.build`',
  ];
}

function againstProblems({ against, target }: Runtime): string[] {
  if (against === undefined || JSON.stringify(against.target) === JSON.stringify(target)) return [];
  const said = ({ distro }: typeof target): string => `${distro.name} ${distro.version}`;
  return [
    `it is for ${said(target)}, but ${against.node.path}, which it is built against, for ${said(against.target)}; build both on one release`,
  ];
}
