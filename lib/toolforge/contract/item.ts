/** The pods in which checks run; driver/pod.jq says what each of them is. */
export type Shape =
  /** As `jobs` makes them, with Toolforge's mounts. */
  | 'job'
  /** The same without mounts: no home, and no pipes of sssd. */
  | 'job-bare'
  /** The same with mounts and with a dead name server. */
  | 'job-offline'
  /** As `webservice shell` makes them, with a terminal. */
  | 'shell'
  /** As `webservice start` makes them, in a home that no server has used. */
  | 'web'
  /** The next one in the same home, by the type's old name, with what the pod `job` has left there. */
  | 'web-again'
  /** One with a dead name server. */
  | 'web-offline';

/** One script, and the pods in which it runs. It stands in the folder of its language or server, or in checks/ here. */
export interface Check {
  readonly check: string;
  /** `inside` the pod, in the image that is tried; or `outside` of it, in the driver. */
  readonly from: 'inside' | 'outside';
  readonly in: readonly Shape[];
  /** @default - every image that the item applies to */
  readonly onlyFor?: 'web';
}

/**
 * What an image is, as far as the contract asks. Params and attestations call it `family`, and have it as JSON:
 * `{"kind":"web","language":{"python":"3.11"}}`.
 */
export interface ImageKind {
  readonly kind: 'base' | 'web';
  /** The name of its language, and of that the version, `3.11`. @default - no language */
  readonly language?: Readonly<Record<string, string>> | undefined;
  /** It promises none of the common tools. @default false */
  readonly bare?: true | undefined;
}

/** The place of checks that each server has of its own: how its log is looked at, and that it went on with what the first one left. */
export interface OfServer {
  readonly ofServer: 'log' | 'startedAgain';
}

/** What a tool can rely on, and how that is tried. */
export type Item = {
  /** `F1-06-nss`: the section of the facts, the number, a word. Reports and attestations name it, so it stays. */
  readonly id: `F${1 | 2 | 3 | 4}-${string}`;
  /** As in facts/toolforge.md, section F: to 19 of every image, to 23 of servers, above it of a language and its server. Reports have this order. */
  readonly number: number;
  readonly title: string;
  /** Where the rule comes from. */
  readonly source: string;
  /** It holds only for images with the common tools. @default - for every image */
  readonly onlyWith?: 'common tools';
} & (
  | { readonly checks: readonly (Check | OfServer)[] }
  /** Nothing of it can be seen in an image: who decides it instead, and why. */
  | { readonly decidedBy: 'promotion' | 'the tool'; readonly reason: string }
);

/** A check inside of pods. */
export const inside = (check: string, ...shapes: readonly [Shape, ...Shape[]]): Check => ({ check, from: 'inside', in: shapes });

/** A check from outside of pods. */
export const outside = (check: string, ...shapes: readonly [Shape, ...Shape[]]): Check => ({
  check,
  from: 'outside',
  in: shapes,
});

/** The checks that the server of an image has for this. */
export const ofServer = (which: OfServer['ofServer']): OfServer => ({ ofServer: which });
