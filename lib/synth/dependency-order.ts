import type { IConstruct } from 'constructs';

/**
 * All constructs below a root, each after what it depends on, otherwise in the order in which they were declared.
 *
 * A dependency binds whole subtrees: everything below the dependant comes after everything below its target. So each construct has two
 * moments, its begin and its end; what depends on it begins after its end. Time is linear in constructs and declared dependencies.
 *
 * @throws Error naming the path of a cycle
 */
export function dependencyOrder(root: IConstruct): readonly IConstruct[] {
  const ordered: IConstruct[] = [];
  const begun = new Set<IConstruct>();
  const ended = new Set<IConstruct>();
  const open: string[] = [];

  const once = (done: Set<IConstruct>, moment: string, construct: IConstruct, work: () => void): void => {
    if (done.has(construct)) return;
    const label = `${moment} ${construct.node.path}`;
    const since = open.indexOf(label);
    if (since >= 0) throw new Error(cycleMessage(open.slice(since)));
    open.push(label);
    work();
    open.pop();
    done.add(construct);
  };
  const begin = (construct: IConstruct): void => {
    once(begun, 'begin', construct, () => {
      if (construct !== root && construct.node.scope !== undefined) begin(construct.node.scope);
      construct.node.dependencies.forEach(end);
      ordered.push(construct);
    });
  };
  const end = (construct: IConstruct): void => {
    once(ended, 'end', construct, () => {
      begin(construct);
      construct.node.children.forEach(end);
    });
  };
  end(root);
  return ordered;
}

function cycleMessage(moments: readonly string[]): string {
  const paths = moments
    .filter((moment) => moment.startsWith('begin '))
    .map((moment) => moment.slice('begin '.length) || 'the app');
  return `dependency cycle: ${[...paths, paths[0]].join(' -> ')}; remove one of these dependencies`;
}
