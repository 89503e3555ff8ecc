import type { IConstruct } from 'constructs';
import { knownSourceOf } from './chart';

/** A construct's path as people know it: without the closing `/Resource` of the object in a construct. */
export function pathOf({ node }: IConstruct): string {
  return node.path.replace(/\/Resource$/, '') || 'the app';
}

/**
 * A problem of a construct, with its path and the file that declares it: `platform/builder (stacks/platform.ts): the name ...`.
 *
 * A message that starts with the path already keeps it once. No file is named where none is known, as in plain cdk8s charts.
 */
export function problemOf(construct: IConstruct, message: string): string {
  const file = knownSourceOf(construct);
  const where = [construct.node.path, pathOf(construct)].find((path) => message.startsWith(`${path}: `));
  const rest = where === undefined ? message : message.slice(where.length + 2);
  return `${where ?? pathOf(construct)}${file === undefined ? '' : ` (${file})`}: ${rest}`;
}

/** What was thrown, in words. */
export function wordsOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
