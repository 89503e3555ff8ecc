import type { IBuilder } from '../buildpacks/builder/builder';
import type { GroupEntry } from '../buildpacks/specification/buildpack';
import { DESCRIBED, isPart, type Parts, shortId } from './descriptor';

/** What the lifecycle is going to look at. */
interface Application {
  readonly parts: Parts;
  /** Whether there is a source beside the descriptor, which other buildpacks may want. */
  readonly hasSource: boolean;
}

type Group = readonly GroupEntry[];

/**
 * What the lifecycle would make of a builder's order for an image: which group is used, and whether that lays every part.
 *
 * A buildpack of a part takes part where the part is wanted; `platform-image` does where there is a part at all, and requires all of them
 * from those before it. Of others nobody knows here.
 *
 * @returns a line a problem
 * @see CNB buildpack 0.12, "Order Resolution" and "Phase #1: Detection"; languages/README.md
 */
export function detectionProblems(builder: IBuilder, application: Application): string[] {
  const wanted = Object.keys(application.parts);
  if (wanted.length === 0) return [];
  const { order, name } = builder;
  const right = order.findIndex((group) => lacks(group, application).length === 0);
  if (right === -1) {
    const reasons = order.map((group, i) => `group ${i} ${lacks(group, application).join(', ')}`);
    return [
      `no order group of builder ${name} can lay its parts ${wanted.join(', ')}: ${reasons.join('; ')}. ` +
        'Have one group with the buildpacks of all parts, then platformImage, not optional',
    ];
  }
  const early = order.findIndex((group, i) => i < right && passesWithout(group, application));
  if (early === -1) return [];
  return [
    `order group ${early} of builder ${name} comes before group ${right} and may be used for it, though nothing in it sees that all of ` +
      `${wanted.join(', ')} are laid; put it after group ${right}`,
  ];
}

/** Whether a builder has a group that may be used for a source without any part. */
export function canBeWithoutParts({ order }: IBuilder): boolean {
  return order.some((group) => passesWithout(group, { parts: {}, hasSource: true }));
}

/** Why a group cannot lay all parts of an image: nothing when it can. */
function lacks(group: Group, { parts, hasSource }: Application): string[] {
  const described = group.findIndex(({ id }) => id === DESCRIBED);
  const before = new Set(group.slice(0, Math.max(described, 0)).map(({ id }) => shortId(id)));
  const missing = Object.keys(parts).filter((part) => !before.has(part));
  const refusing = group.filter(({ id, optional }) => optional !== true && refuses(shortId(id), parts, hasSource));
  return [
    ...(described === -1 ? ['has no platform-image'] : []),
    ...(group[described]?.optional === true
      ? ['has platform-image as optional, so that a part that fails is left out without a word']
      : []),
    ...(described !== -1 && missing.length > 0 ? [`has no buildpack for ${missing.join(', ')} before platform-image`] : []),
    ...refusing.map(({ id }) => `wants ${shortId(id)} always`),
  ];
}

/** Whether a buildpack takes no part in the image, whatever else. */
function refuses(name: string, parts: Parts, hasSource: boolean): boolean {
  if (isPart(name)) return !(name in parts);
  return name === 'procfile' && !hasSource;
}

/** Whether a group without (a mandatory) platform-image may pass, so that nobody asks for the parts. */
function passesWithout(group: Group, { parts, hasSource }: Application): boolean {
  const mandatory = group.filter(({ optional }) => optional !== true);
  if (mandatory.some(({ id }) => id === DESCRIBED)) return false;
  return mandatory.every(({ id }) => !refuses(shortId(id), parts, hasSource));
}
