import type { IConstruct } from 'constructs';

/** In which order the constructs of a tree come, and what stood in the way of one. */
export interface DependencyOrder {
  /** Each construct after what it depends on, otherwise in the order of declaration; a cycle is broken where it was found. */
  readonly constructs: readonly IConstruct[];
  /** The cycles, each once: the constructs on the way round, the first one not repeated. */
  readonly cycles: readonly (readonly IConstruct[])[];
  /** Dependencies on what is not in the tree, and so never comes. */
  readonly strangers: readonly { readonly dependant: IConstruct; readonly on: IConstruct }[];
}

/** A moment of a construct that is being reached: what has to be reached before, and how much of that has been. */
interface Open {
  readonly construct: IConstruct;
  readonly moment: Moment;
  readonly before: readonly (readonly [Moment, IConstruct])[];
  next: number;
}

type Moment = 'begin' | 'end';

// Where everything depends on everything, there is a cycle for each dependency: the first ones say enough.
const MOST_CYCLES = 20;

/**
 * All constructs below a root, each after what it depends on.
 *
 * A dependency binds whole subtrees: everything below the dependant comes after everything below its target. So each construct has two
 * moments, its begin and its end; what depends on it begins after its end. Time is linear in constructs and declared dependencies, and
 * nothing recurses: chains may be as long as memory allows.
 */
export function dependencyOrder(root: IConstruct): DependencyOrder {
  const tree = constructsBelow(root);
  const constructs: IConstruct[] = [];
  const cycles = new Map<string, readonly IConstruct[]>();
  const strangers: { dependant: IConstruct; on: IConstruct }[] = [];
  const open: Open[] = [];
  // Where each moment is on the way: its place in `open`, or REACHED.
  const places = { begin: new Map<IConstruct, number>(), end: new Map<IConstruct, number>() };
  const REACHED = -1;

  const enter = (moment: Moment, construct: IConstruct): void => {
    places[moment].set(construct, open.length);
    const before: (readonly [Moment, IConstruct])[] = [];
    if (moment === 'end') {
      before.push(['begin', construct]);
      for (const child of construct.node.children) before.push(['end', child]);
    } else {
      if (construct !== root && construct.node.scope !== undefined) before.push(['begin', construct.node.scope]);
      for (const on of construct.node.dependencies)
        if (tree.has(on)) before.push(['end', on]);
        else strangers.push({ dependant: construct, on });
    }
    open.push({ construct, moment, before, next: 0 });
  };

  enter('end', root);
  for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
    const needed = top.before[top.next++];
    if (needed === undefined) {
      open.pop();
      places[top.moment].set(top.construct, REACHED);
      if (top.moment === 'begin') constructs.push(top.construct);
      continue;
    }
    const place = places[needed[0]].get(needed[1]);
    if (place === undefined) enter(...needed);
    else if (place !== REACHED && cycles.size < MOST_CYCLES) {
      const cycle = wayRound(open.slice(place));
      cycles.set(identityOf(cycle), cycle);
    }
  }
  return { constructs, cycles: [...cycles.values()], strangers };
}

function constructsBelow(root: IConstruct): ReadonlySet<IConstruct> {
  const found = new Set([root]);
  // A set is iterated in the order of insertion, also over what is added meanwhile.
  for (const construct of found) for (const child of construct.node.children) found.add(child);
  return found;
}

/** The constructs whose moments wait for each other. Begin and end of one construct that follow each other are one stop. */
function wayRound(moments: readonly Open[]): readonly IConstruct[] {
  const stops = moments.map(({ construct }) => construct).filter((construct, i, all) => construct !== all[i - 1]);
  return stops.length > 1 && stops.at(-1) === stops[0] ? stops.slice(0, -1) : stops;
}

/** The same for each construct of the cycle at which the search may have met it. */
function identityOf(cycle: readonly IConstruct[]): string {
  return cycle
    .map(({ node }) => node.path)
    .sort()
    .join('\n');
}
