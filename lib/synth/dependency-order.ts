import type { IConstruct } from 'constructs';

/**
 * All constructs below a root, each after what it depends on, otherwise in the order in which they were declared.
 *
 * A dependency on a construct is one on everything below it. Time is linear in constructs and declared dependencies.
 *
 * @throws Error naming the path of a cycle
 */
export function dependencyOrder(root: IConstruct): readonly IConstruct[] {
  const ordered: IConstruct[] = [];
  const done = new Set<IConstruct>();
  const open: IConstruct[] = [];

  const visit = (construct: IConstruct): void => {
    if (done.has(construct)) return;
    const since = open.indexOf(construct);
    if (since >= 0) {
      const cycle = [...open.slice(since), construct].map((each) => each.node.path || 'the app');
      throw new Error(`dependency cycle: ${cycle.join(' -> ')}; remove one of these dependencies`);
    }
    open.push(construct);
    construct.node.dependencies.forEach(visit);
    ordered.push(construct);
    construct.node.children.forEach(visit);
    open.pop();
    done.add(construct);
  };
  visit(root);
  return ordered;
}
