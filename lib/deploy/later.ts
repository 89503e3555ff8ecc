import type { IConstruct } from 'constructs';
import type { SynthesizedObject } from '../synth/synthesized';
import { type Lasting, PipelineRun } from '../tekton/pipeline-run';

/** What of a run was made before, by what runs of the cluster have left. */
export function lastingOf(
  { construct }: SynthesizedObject,
  madeBefore: ReadonlySet<string> | undefined,
): (Lasting & { readonly run: IConstruct }) | undefined {
  const run = construct.node.scope;
  if (!(run instanceof PipelineRun) || run.lasting === undefined || madeBefore?.has(run.lasting.what) !== true) return undefined;
  return { run, ...run.lasting };
}

/** What an object depends on and need not wait for. */
export type Needless = (object: SynthesizedObject) => readonly IConstruct[];

/**
 * The objects that are needed for later builds only: those that something could do without now, with all below them, as far as nothing else waits for
 * them. After a security update these are the images that build and the builders: what is public soon stands on run images alone. (Where images follow branches,
 * what they may be built with has to be there when they are declared, and goes first.)
 *
 * @param objects - each after those that it depends on
 */
export function laterOf(objects: readonly SynthesizedObject[], needless: Needless): ReadonlySet<SynthesizedObject> {
  const declared = new Map(objects.map((object) => [object.construct as IConstruct, object]));
  const spared = new Map(objects.map((object) => [object, new Set(needless(object))]));
  const needsOf = (object: SynthesizedObject): IConstruct[] =>
    object.construct.node.scopes.flatMap(({ node }) => node.dependencies).filter((each) => !spared.get(object)?.has(each));
  /** All objects that constructs consist of or depend on, however far below. */
  const below = (constructs: readonly IConstruct[]): Set<SynthesizedObject> => {
    const found = new Set<SynthesizedObject>();
    const seen = new Set<IConstruct>();
    const waiting = [...constructs];
    for (let target = waiting.pop(); target !== undefined; target = waiting.pop()) {
      if (seen.has(target)) continue;
      seen.add(target);
      for (const each of target.node.findAll()) {
        const object = declared.get(each);
        if (object !== undefined) found.add(object);
        waiting.push(...(object === undefined ? each.node.dependencies : needsOf(object)));
      }
    }
    return found;
  };
  const candidates = below([...spared.values()].flatMap((each) => [...each]));
  const needed = below(objects.filter((each) => !candidates.has(each)).flatMap(needsOf));
  return new Set(objects.filter((each) => candidates.has(each) && !needed.has(each)));
}
