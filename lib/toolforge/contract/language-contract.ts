import type { Check, Item } from './item';

/** What a language or a server adds to what holds for every image. */
interface Added {
  /** Numbers above 23, each once in a language with its server. */
  readonly items: readonly Item[];
  /**
   * The folder of their checks, `<name>.sh` each. None has the name of another's that is tried with it.
   *
   * @default - none of its own
   */
  readonly checks?: string;
}

/**
 * What is tried of images with a language. In the folder of a language, `LanguageKeeps` stands for it, without name and server: the name is that
 * of its part, and the server stands beside it in language.ts, where images learn of it, too.
 *
 * @example
 * ```ts
 * export const luaContract: LanguageKeeps = {
 *   programs: ['lua', 'lua{version}'],
 *   start: "/usr/bin/lua -e 'require \"socket\"'",
 *   items: luaItems,
 *   checks: join(__dirname, 'checks'),
 * };
 * ```
 */
export interface LanguageContract extends Added {
  /** As families and attestations name it, `python`. */
  readonly name: string;
  /** What jobs and login shells find in PATH; `{version}` is that of the image. */
  readonly programs: readonly string[];
  /** The command that starts it with its network, to see that it does not wait for a name server. */
  readonly start: string;
  /** What serves its web images. @default - the generic one */
  readonly server?: ServerContract;
}

/** A server: how pods of webservices start it, and what is seen of it. */
export interface ServerContract extends Added {
  /** What `webservice` passes as `--type`. */
  readonly type: string;
  /** A name that command lines passed before, and that still starts it. */
  readonly oldType: string;
  /** What follows the port. @default - nothing */
  readonly command?: readonly string[];
  /**
   * The files that a maintainer would have in the home, by their path there. Among them is an application that answers `the contract` to
   * `GET /`, and to `GET /checks` what `/bin/bash -c "$CONTRACT_RUN"` prints, in the environment that it was started in.
   */
  readonly home: Readonly<Record<string, string>>;
  /** Process 1: its program, and its directory below the home. @default directory - the home itself */
  readonly process: { readonly program: string; readonly directory?: string };
  /** How the line begins by which the runner's trace says what it starts. */
  readonly trace: string;
  /** How its log is looked at, after `GET /logged` and `GET /healthz`. */
  readonly log: readonly Check[];
  /** What the second server of a home is to have found there. */
  readonly startedAgain: readonly Check[];
}

/** What is known of languages; it follows from languages/languages.ts. */
export interface Contracts {
  readonly languages: readonly LanguageContract[];
  /** The server of images without a language, and of languages without one of their own. */
  readonly generic: ServerContract;
}
