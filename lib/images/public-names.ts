import type { IConstruct } from 'constructs';

/** What moves each public tag of a tree. */
const claimed = new WeakMap<IConstruct, Map<string, IConstruct>>();

/**
 * Takes a public tag for an image. Two of one name would move it in turn, and what tools get would be the one that was built last.
 *
 * @param reference - `<registry>/<repository>:<tag>`
 * @returns what is wrong with it, a line a problem: another image of the tree has it
 */
export function claimPublicName(image: IConstruct, reference: string): () => string[] {
  const { root } = image.node;
  const names = claimed.get(root) ?? new Map<string, IConstruct>();
  claimed.set(root, names);
  const other = names.get(reference);
  if (other === undefined) names.set(reference, image);
  return () =>
    other === undefined ? [] : [`${reference} is the public tag of ${other.node.path} already; give one of the two another id`];
}
