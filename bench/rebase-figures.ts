import type { FinishedRun } from '../test/cluster/rebase/finished-runs';
import { IMAGES, type Up } from './rebase-measured';

export const RUN_IMAGE = 'bookworm-python311-run-image';
const BUILDER = 'python311-builder';
export const isImage = ({ id }: FinishedRun): boolean => (IMAGES as readonly string[]).includes(id);
export const imageTask = ({ making }: FinishedRun): number => making?.seconds ?? 0;
export const runOf = ({ runs }: Up, id: string): FinishedRun | undefined => runs.find((run) => run.id === id);

/** From the first pod until both images are in the registry, before their contracts. */
export function untilImages({ runs }: Up): number {
  const ends = runs.filter(isImage).map(({ making, ended }) => making?.ended ?? ended);
  return (Math.max(...ends) - Math.min(...runs.map(({ started }) => started))) / 1000;
}

/** From one moment of a run to one of another. */
export function between(up: Up, from: string, to: string): number {
  const [first, last] = [runOf(up, from), runOf(up, to)];
  return ((last?.ended ?? 0) - (first?.started ?? 0)) / 1000;
}

/** From the moment when the images are in the registry until the builder is, for which no rebase waits. */
export function builderAfterImages({ runs }: Up): number {
  const images = runs.filter(isImage).map(({ making, ended }) => making?.ended ?? ended);
  return ((runs.find(({ id }) => id === BUILDER)?.ended ?? 0) - Math.max(...images)) / 1000;
}

export const slowestImage = ({ runs }: Up): number => Math.max(...runs.filter(isImage).map(imageTask));
export const pushedBy = ({ pushed }: Up, of: (id: string) => boolean = () => true): number =>
  Object.entries(pushed).reduce((total, [id, bytes]) => total + (of(id) ? bytes : 0), 0);
export const ofImages = (id: string): boolean => (IMAGES as readonly string[]).includes(id);

/** The step that writes the image, of the slower one. */
export const exporting = ({ runs }: Up): number =>
  Math.max(...runs.filter(isImage).map(({ steps }) => steps['build export'] ?? steps['rebase rebase'] ?? 0));
