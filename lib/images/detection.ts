import type { IBuilder } from '../buildpacks/builder/builder';
import type { Buildpack } from '../buildpacks/buildpack/buildpack';
import type { GroupEntry } from '../buildpacks/specification/buildpack';
import { DESCRIBED, laidOf, PLAIN, shortId } from './descriptor';
import { laysPart, type Part } from './part';

/** What the lifecycle is going to look at. */
interface Application {
  readonly parts: readonly Part[];
  /** Whether there is a source beside the descriptor, which other buildpacks may want. */
  readonly hasSource: boolean;
}

/** A buildpack in a group, with what it is. */
type Member = GroupEntry & Pick<Buildpack, 'files'>;
type Group = readonly Member[];

/**
 * What the lifecycle would make of a builder's order for an image: which group is used, and whether that lays every part.
 *
 * A buildpack of a part takes part where the part is wanted; `platform-image` does where there is a part at all, and requires all of them
 * from those before it; `plain-image` does where a platform image has none. Of others nobody knows here.
 *
 * @returns a line a problem
 * @see CNB buildpack 0.12, "Order Resolution" and "Phase #1: Detection"; languages/README.md
 */
export function detectionProblems(builder: IBuilder, application: Application): string[] {
  const names = namesOf(application);
  if (names.length === 0) return application.hasSource ? [] : plainProblems(builder, application);
  const { name } = builder;
  const order = orderOf(builder);
  const right = order.findIndex((group) => lacks(group, application).length === 0);
  if (right === -1) {
    const reasons = order.map((group, i) => `group ${i} ${lacks(group, application).join(', ')}`);
    return [
      `no order group of builder ${name} can lay its parts ${names.join(', ')}: ${reasons.join('; ')}. ` +
        'Have one group with the buildpacks of all parts, then platformImage, not optional',
    ];
  }
  const early = order.findIndex((group, i) => i < right && passesWithout(group, application));
  if (early === -1) return [];
  return [
    `order group ${early} of builder ${name} comes before group ${right} and may be used for it, though nothing in it sees that all of ` +
      `${names.join(', ')} are laid; put it after group ${right}`,
  ];
}

/** Whether a builder has a group that may be used for a source without any part. */
export function canBeWithoutParts(builder: IBuilder): boolean {
  return orderOf(builder).some((group) => passesWithout(group, { parts: [], hasSource: true }));
}

/** A platform image of which nothing is laid has a group of its own. */
function plainProblems(builder: IBuilder, application: Application): string[] {
  const used = orderOf(builder).find((group) => passesWithout(group, application));
  if (used?.some(({ id }) => id === PLAIN) === true) return [];
  return [
    `no part of it is laid, and no order group of builder ${builder.name} is for that; add [plainImage] as the first of \`order\``,
  ];
}

function namesOf({ parts }: Application): string[] {
  return laidOf(parts).map(({ name }) => name);
}

function orderOf({ order, buildpacks }: IBuilder): readonly Group[] {
  return order.map((group) =>
    group.map((each) => ({ ...each, files: buildpacks.find(({ id }) => id === each.id)?.files ?? [] })),
  );
}

/** Why a group cannot lay all parts of an image: nothing when it can. */
function lacks(group: Group, application: Application): string[] {
  const described = group.findIndex(({ id }) => id === DESCRIBED);
  const before = new Set(group.slice(0, Math.max(described, 0)).map(({ id }) => shortId(id)));
  const missing = namesOf(application).filter((part) => !before.has(part));
  const refusing = group.filter((each) => each.optional !== true && refuses(each, application));
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
function refuses(member: Member, application: Application): boolean {
  const name = shortId(member.id);
  const names = namesOf(application);
  if (laysPart(member)) return !names.includes(name);
  if (member.id === PLAIN) return application.hasSource || names.length > 0;
  return name === 'procfile' && !application.hasSource;
}

/** Whether a group without (a mandatory) platform-image may pass, so that nobody asks for the parts. */
function passesWithout(group: Group, application: Application): boolean {
  const mandatory = group.filter(({ optional }) => optional !== true);
  if (mandatory.some(({ id }) => id === DESCRIBED)) return false;
  return mandatory.every((each) => !refuses(each, application));
}
