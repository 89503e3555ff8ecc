/**
 * One look at an object: is it what it should become, and if not, why not.
 */
import { at, listAt, type Manifest, type ManifestValue, numberAt, stringAt } from '../objects/manifest';

export interface Readiness {
  readonly ready: boolean;
  /** One line for the user. */
  readonly message: string;
  /** Set when waiting on is useless. */
  readonly hopeless?: boolean;
}

/** Reads what an object depends on, e.g. the endpoints of a service. */
export interface Surroundings {
  readonly list: (example: Manifest, query: Readonly<Record<string, string>>) => Promise<Manifest[]>;
  readonly get: (object: Manifest) => Promise<Manifest | undefined>;
}

export type ReadinessCheck = (live: Manifest, around: Surroundings) => Readiness | Promise<Readiness>;

export const ready = (message = ''): Readiness => ({ ready: true, message });
export const waiting = (message: string): Readiness => ({ ready: false, message });

export function condition(object: Manifest, type: string): ManifestValue | undefined {
  return listAt(object, 'status', 'conditions').find((each) => stringAt(each, 'type').toLowerCase() === type.toLowerCase());
}

/** `Succeeded=Unknown (Running): Tasks Completed: 1 of 3` for every condition that says why. */
export function conditionLines(object: Manifest): string[] {
  return listAt(object, 'status', 'conditions').map((each) => {
    const [type, status] = [stringAt(each, 'type'), stringAt(each, 'status')];
    const [reason, message] = [stringAt(each, 'reason'), stringAt(each, 'message')];
    return `${type}=${status}${reason === '' ? '' : ` (${reason})`}${message === '' ? '' : `: ${message}`}`;
  });
}

/** False while a controller has not seen the newest spec yet. */
export function isObserved(object: Manifest, within: ManifestValue | undefined = at(object, 'status')): boolean {
  const generation = numberAt(object, 'metadata', 'generation');
  const observed = numberAt(within, 'observedGeneration') ?? numberAt(object, 'status', 'observedGeneration');
  return generation === undefined || observed === undefined || observed >= generation;
}
