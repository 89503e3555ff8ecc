import type { AnyPart, Part, PartDefinition } from '../lib/images/part';
import type { LanguageContract, ServerContract } from '../lib/toolforge/contract/language-contract';
import { webserviceRunner } from './webservice-runner/part';
import type { Server } from './webservice-runner/server';

/** The contract of a language, as its folder has it: its name is that of the part, and its server the one beside it, so it has neither. */
export type LanguageKeeps = Omit<LanguageContract, 'name' | 'server'> & {
  readonly name?: never;
  readonly server?: never;
  /** The application in it that the generic runner starts. @default - one in Perl; and where the language has a server, that one's */
  readonly served?: Pick<ServerContract, 'command' | 'home' | 'process' | 'trace'>;
};

/** What is known of a language whatever its version is. */
export interface AnyLanguage {
  readonly part: AnyPart;
  /** What serves its webservices. @default - the tool's own command */
  readonly server?: Server;
  /** Parts of images for webservices beside those of the server. @default - none */
  readonly webParts?: readonly Part[];
  /** `devel`: its images have what extensions are compiled with, from a stack that these languages share. @default - the distro's stack */
  readonly standsOn?: 'devel';
  /** Which amount of memory `webservice` gives its images where nobody says one: `jdk` is twice the default. @default 'default' */
  readonly resources?: 'default' | 'jdk';
  /** What images with it keep. */
  readonly contract: LanguageKeeps;
}

/** All that the house has to know of a language; it stands in the language's folder. */
export interface LanguageProps<V extends string> extends AnyLanguage {
  /** What an image with the language has: laid into a layer, or packages of the stack. Its option is the minor version. */
  readonly part: PartDefinition<{ readonly version: V }>;
}

/** A language. */
export interface Language<V extends string> extends LanguageProps<V> {
  /**
   * The language in one of its versions.
   *
   * @param version - the minor version, such as `3.11`
   */
  at(version: V): LanguageVersion;
}

/** A language in one of its versions, as families name it: `python.at('3.11')`. */
export interface LanguageVersion {
  readonly language: AnyLanguage;
  readonly part: Part;
}

/**
 * Defines a language. What follows from it, follows from the list in languages.ts.
 *
 * @throws Error for a part that the contract would not know as a language
 */
export function defineLanguage<V extends string>(props: LanguageProps<V>): Language<V> {
  const { name, makes } = props.part;
  if (makes !== 'language')
    throw new Error(
      `the language '${name}': its part makes '${makes ?? 'nothing'}', so that nothing of it would be tried; expected is makes: 'language'`,
    );
  return { ...props, at: (version) => ({ language: props, part: props.part.with({ version }) }) };
}

/** What an image for webservices in a language consists of: the language, its server, the runner of that, and what else it brings. */
export function partsOf({ language, part }: LanguageVersion): readonly Part[] {
  const { server, webParts = [] } = language;
  const runner = webserviceRunner(server ? [server] : []).with({ type: server?.type ?? 'generic' });
  return [part, ...(server?.parts ?? []), runner, ...webParts];
}
