import { Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { DependencyOrder } from './dependency-order';
import { labelProblems } from './labels';
import { nameProblems } from './object-names';
import { objectProblems } from './object-rules';
import { podProblems } from './pod-rules';
import { pathOf, problemOf, wordsOf } from './problem';
import { sizeProblems } from './sizes';
import type { Manifest, SynthesizedObject } from './synthesized';
import { unresolvedValues } from './unresolved';

/** Everything that is wrong with an environment, one line a problem. */
export class SynthesisError extends Error {
  constructor(
    readonly environment: string,
    readonly problems: readonly string[],
  ) {
    super(`environment '${environment}' cannot be synthesized:\n${problems.map((each) => `  - ${each}`).join('\n')}`);
    this.name = 'SynthesisError';
  }
}

/** The group, kind, namespace and name under which the API server knows an object. Versions of one group name the same object. */
export function objectKey({ apiVersion, kind, metadata }: Pick<Manifest, 'apiVersion' | 'kind' | 'metadata'>): string {
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : 'core';
  return `${group}/${kind} ${metadata.namespace === undefined ? '' : `${metadata.namespace}/`}${metadata.name}`;
}

// What the API server, a webhook or a kubelet would refuse, and the values that are none.
const RULES = [labelProblems, unresolvedValues, podProblems, objectProblems, sizeProblems] as const;

/**
 * The problems of a tree: cycles, what constructs say of themselves, names, labels, numbers and sizes that a cluster refuses, values that
 * are none, objects and charts of one name.
 *
 * Time is linear in constructs, dependencies, and the size of the objects.
 */
export function problemsOf(order: DependencyOrder, objects: readonly SynthesizedObject[]): string[] {
  return [
    ...dependencyProblems(order),
    ...order.constructs.flatMap(ownProblems),
    ...objects.flatMap((object) =>
      [...nameProblems(object), ...RULES.flatMap((rule) => rule(object.manifest))].map((message) =>
        problemOf(object.construct, message),
      ),
    ),
    ...doubled(objects),
    ...doubledCharts(objects),
  ];
}

function dependencyProblems({ cycles, strangers }: DependencyOrder): string[] {
  const round = cycles.map((cycle) => {
    const [first] = cycle as [IConstruct];
    const way = [...cycle, first].map(pathOf).join(' -> ');
    return problemOf(first, `dependency cycle: ${way}; remove one of these dependencies`);
  });
  const outside = strangers.map(({ dependant, on }) =>
    problemOf(
      dependant,
      `depends on ${pathOf(on)}, which is in the tree of another app; depend on a construct of this environment`,
    ),
  );
  return [...round, ...outside];
}

function ownProblems(construct: IConstruct): string[] {
  try {
    return construct.node.validate().map((message) => problemOf(construct, message));
  } catch (error) {
    return [problemOf(construct, `cannot be validated: ${wordsOf(error)}`)];
  }
}

function doubled(objects: readonly SynthesizedObject[]): string[] {
  const first = new Map<string, SynthesizedObject>();
  return objects.flatMap((object) => {
    const key = objectKey(object.manifest);
    const other = first.get(key);
    if (other !== undefined)
      return [problemOf(object.construct, `${key} is declared by ${other.path} already; give one of them another name`)];
    first.set(key, object);
    return [];
  });
}

/** A chart is a file of dist/ and a component of Pulumi, by its id alone. */
function doubledCharts(objects: readonly SynthesizedObject[]): string[] {
  const first = new Map<string, Chart>();
  return [...new Set(objects.map(({ construct }) => Chart.of(construct)))].flatMap((chart) => {
    const { id } = chart.node;
    // On some disks `A.yaml` is `a.yaml`.
    const other = first.get(id.toLowerCase());
    first.set(id.toLowerCase(), other ?? chart);
    if (other !== undefined)
      return [
        problemOf(chart, `is called '${id}', as ${pathOf(other)} is: both would be the file ${id}.yaml; give one another id`),
      ];
    if (/^[A-Za-z0-9][-._A-Za-z0-9]*$/.test(id)) return [];
    return [
      problemOf(chart, `'${id}' cannot be the name of a file; expected letters, digits, '-', '_' and '.', give it another id`),
    ];
  });
}
