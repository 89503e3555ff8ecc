import {
  type DeclaredRun,
  type Doing,
  resultOf,
  type PlannedRun,
  type PlannedTime,
  type Refusal,
  type RunOfFollowed,
} from '../lib/deploy/planned-runs';
import { kindOf } from '../lib/deploy/expected-times';
import type { EnvironmentDifference, ObjectDifference } from '../lib/diff/environment-difference';
import type { ImageDifference } from '../lib/diff/image-effects';
import { listed } from './listed';

/** What `up` would do for one run, and what people want to know of it before. */
export interface RunPlan {
  /** Of its construct. */
  readonly path: string;
  /** Its name, without the attempt. */
  readonly run: string;
  /** The reference that it puts into the registry; null for the run that rebases what follows branches on a stack. */
  readonly image: string | null;
  /** The public tags of what that one rebases; none for any other. */
  readonly followed: readonly string[];
  readonly does: Doing;
  /** Empty for one of which nothing is made. */
  readonly why: string;
  /** How long the last run of the same kind took that did the same; null when the cluster knows of none. */
  readonly seconds: number | null;
  /** What a node fetches that has the image of before, of all of it, about: of its layers of packages. Null where that is not known. */
  readonly bytes: { readonly other: number; readonly all: number; readonly isAtLeast: boolean } | null;
  /** The webservices of tools that use it, as `<namespace>/<name>`. */
  readonly webservices: readonly string[];
}

/** What `plan --json` writes. */
export interface PlanReport {
  readonly environment: string;
  /** Each after those that it depends on. */
  readonly runs: readonly RunPlan[];
  readonly time: PlannedTime;
}

/** What is known of runs, by construct path. */
export interface KnownOfRuns {
  readonly planned: ReadonlyMap<string, PlannedRun>;
  /** What ended those from outside that are made again, by their names without the attempt. */
  readonly again: ReadonlyMap<string, string>;
  /** Between what the cluster has and what is declared. */
  readonly difference: EnvironmentDifference;
  readonly secondsOf: (path: string, does: Doing) => number | undefined;
  readonly webservices: ReadonlyMap<string, readonly string[]>;
}

/** Puts together what is known of each run. */
export function runPlans(runs: readonly DeclaredRun[], known: KnownOfRuns): RunPlan[] {
  const objects = new Map(known.difference.objects.map((each) => [each.path, each]));
  const images = new Map(known.difference.images.map((each) => [each.path, each]));
  const names = new Map(runs.map((each) => [each.path, kindOf(each.run)]));
  const whyMade = (run: DeclaredRun, ...what: WhatChanged): string => {
    const ended = known.again.get(run.run);
    return ended === undefined ? whyOf(run, ...what) : `its last attempt was ended from outside: ${ended}`;
  };
  return runs.map((run): RunPlan => {
    const { path } = run;
    const { does = 'nothing', refusal } = known.planned.get(path) ?? {};
    const difference = 'image' in run ? images.get(path) : differenceOf(run, runs, images);
    // Nothing is known of what is not made, and nothing needs to be.
    const isMade = resultOf(does) !== undefined;
    return {
      ...{ path, run: run.run, image: 'image' in run ? run.image : null, followed: 'image' in run ? [] : run.followed, does },
      why: refusal !== undefined ? refusalWords(run, refusal, names) : isMade ? whyMade(run, objects.get(path), difference) : '',
      seconds: isMade ? (known.secondsOf(path, does) ?? null) : null,
      bytes: isMade ? bytesOf(difference) : null,
      webservices: known.webservices.get(path) ?? [],
    };
  });
}

/** Of what is rebased together: what a node fetches of an image on the same run image, which is the same for all of them. */
function differenceOf(
  { runImage }: RunOfFollowed,
  runs: readonly DeclaredRun[],
  images: ReadonlyMap<string, ImageDifference>,
): ImageDifference | undefined {
  const beside = runs.filter((each) => 'image' in each && each.runImage === runImage);
  const layers = beside.map(({ path }) => images.get(path)).find((each) => each?.from !== undefined && each.layers)?.layers;
  return layers && { path: '', effect: 'rebased', layers };
}

function refusalWords(declared: DeclaredRun, refusal: Refusal, names: ReadonlyMap<string, string>): string {
  const { run } = declared;
  if ('waitsFor' in refusal) return `it waits for ${names.get(refusal.waitsFor) ?? refusal.waitsFor}`;
  if ('failed' in refusal) return `it has failed (${refusal.failed}), and is not made again by itself: csb retry ${run}`;
  if ('image' in declared && refusal.lacks === declared.image)
    return 'the registry has lost the digest that it is pinned to: csb unpin';
  return `the registry has lost ${refusal.lacks}: csb rebuild makes an image with all that it stands on`;
}

function bytesOf(difference: ImageDifference | undefined): RunPlan['bytes'] {
  const bytes = difference?.layers?.bytes;
  if (bytes === undefined) return null;
  const { other, all } = bytes;
  // What buildpacks make on top is known when it is made.
  const isAtLeast = other.unsized.length > 0 || difference?.buildpackLayers !== undefined;
  return { other: other.about, all: all.about, isAtLeast };
}

/** What all runs of images are told of themselves, and what follows from the rest. */
const FOLLOWS = new Set(['image', 'layers', 'run-image', 'run']);

/** Of a run, and of its image. */
type WhatChanged = readonly [object: ObjectDifference | undefined, difference: ImageDifference | undefined];

function whyOf(run: DeclaredRun, ...[object, difference]: WhatChanged): string {
  if ('image' in run) return whyChanged(object, difference);
  const why = object?.kind === 'new' ? 'it is new' : whyChanged(object, difference);
  const count =
    run.followed.length === 1 ? '1 image that follows a branch' : `${run.followed.length} images that follow branches`;
  return `${count}: ${why}`;
}

function whyChanged(object: ObjectDifference | undefined, difference: ImageDifference | undefined): string {
  if (difference?.effect === 'new') return 'it is new';
  if (difference?.effect === 'pinned' || difference?.effect === 'unpinned') return `it is ${difference.effect}`;
  const packages = (object?.changes ?? []).flatMap((each) => (each.kind === 'packages' ? each.packages : []));
  if (packages.length > 0)
    return listed(packages.map(({ name, from, to }) => (from === undefined ? `${name} is new` : `${name} ${to ?? 'is gone'}`)));
  const layers = (difference?.layers?.other ?? []).slice(0, -1);
  const changed = (object?.changes ?? []).flatMap(({ path }) => argumentOf(path) ?? []);
  const told = changed.filter((each) => !FOLLOWS.has(each));
  const parts = [
    ...(layers.length === 0 ? [] : [`other packages: ${listed(layers)}`]),
    ...(told.length === 0 ? [] : [`other than before: ${listed([...new Set(told)])}`]),
  ];
  if (parts.length > 0) return parts.join('; ');
  if (object?.executes !== undefined) return `it executes what is new: ${listed(object.executes)}`;
  if (difference?.layers !== undefined) return 'other files of its stack';
  return changed.includes('run-image') ? 'another run image' : 'no earlier run of it is known';
}

/** The argument of a run in which a field is. */
function argumentOf(path: readonly string[]): string | undefined {
  const [, params, item = ''] = path;
  return params === 'f:params' && item.startsWith('k:') ? (JSON.parse(item.slice(2)) as { name?: string }).name : undefined;
}
