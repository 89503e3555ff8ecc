import { type Buildpack, type BuildpackFile, withFiles } from '../buildpacks/buildpack/buildpack';
import type { RuntimeOrigin } from '../buildpacks/runtime/runtime';
import type { Facade } from '../buildpacks/stack/facade';
import type { Suite } from '../buildpacks/target';

/** What a part says beside its name. */
export type PartOptions = Readonly<Record<string, string>>;

/** The runtimes that the buildpack of a part lays, one to an image. */
export interface PartRuntimes {
  /** What each Debian release has, by what the program says of itself: `3.11.2`. */
  readonly releases: Readonly<Partial<Record<Suite, readonly { readonly version: string; readonly from: RuntimeOrigin }[]>>>;
  /** The part against whose runtime they are compiled. @default - none */
  readonly against?: { readonly name: string };
}

/** A part that another one needs, always or with one value of an option. */
export interface Need<Option extends string> {
  readonly part: { readonly name: string };
  readonly when?: { readonly option: Option; readonly is: string };
}

interface CommonProps<O extends PartOptions> {
  /** As the descriptor has it, and as the buildpack `toolforge/<name>`, its layer and its runtime are called: a DNS label. */
  readonly name: string;
  /** Each option, by what all of its value has to match: a regular expression, as jq and JavaScript both have it. */
  readonly options: { readonly [option in keyof NoInfer<O>]: string };
  /** What the contract is told: `language`, whose option `version` is its minor version, or that images with it have a webservice. */
  readonly makes?: 'language' | 'webservice';
  /** @default - it needs no other part */
  readonly needs?: readonly Need<keyof O & string>[];
  /** By which paths of legacy images it is reached: what a run image has to have for it. @default - none */
  readonly facade?: (options: O) => Facade;
  /** Files of the run image by which others know that it is there. @default - none */
  readonly files?: (options: O) => Readonly<Record<string, string>>;
  /** Debian packages of legacy images that it is there in place of. @default - none */
  readonly replaces?: readonly string[];
}

/** How a part is defined, once for all images: laid by a buildpack into a layer, or packages of the stack. */
export type PartProps<O extends PartOptions> = CommonProps<O> &
  (
    | {
        readonly kind: 'layer';
        /** But for part-options.jq, which is made of the options and needs. */
        readonly buildpack: Buildpack;
        /** @default - its buildpack lays none */
        readonly runtimes?: PartRuntimes;
        /** Whether a file of the buildpack decides what it lays with these options. @default - all do */
        readonly counts?: (path: string, options: O) => boolean;
        /** The Debian packages that a run image has beside it. @default - none */
        readonly packages?: (suite: Suite, options: O) => readonly string[];
      }
    | {
        readonly kind: 'stack';
        /** The Debian packages that a run image has it from. */
        readonly packages: (suite: Suite, options: O) => readonly string[];
      }
  );

/** What is known of a part whatever its options are. */
export interface AnyPart {
  readonly name: string;
  readonly makes: 'language' | 'webservice' | undefined;
  /** What lays it; undefined where it is in the stack. */
  readonly buildpack: Buildpack | undefined;
  readonly runtimes: PartRuntimes | undefined;
}

/** A part as an image has it: its options are chosen. Made by {@link PartDefinition.with}. */
export interface Part extends AnyPart {
  readonly options: PartOptions;
  /** The names of the parts that it needs with these options. */
  readonly needs: readonly string[];
  readonly facade: Facade;
  readonly files: Readonly<Record<string, string>>;
  /** Debian packages of legacy images that it is there in place of. */
  readonly replaces: readonly string[];
  /** Whether a file of its buildpack decides what it lays; undefined where all do. */
  readonly counts: ((path: string) => boolean) | undefined;
  /** The packages of the run image that it consists of. */
  packagesOn(suite: Suite): readonly string[];
  /** What is wrong with its options, a line each. */
  readonly problems: readonly string[];
}

/** What an image may have, with which options. */
export interface PartDefinition<O extends PartOptions> extends AnyPart {
  /** The part with its options, as images name it. */
  with(options: O): Part;
}

/** Defines a part, where its language or server lives. */
export function definePart<O extends PartOptions = Readonly<Record<string, never>>>(props: PartProps<O>): PartDefinition<O> {
  const { name, makes, facade, files } = props;
  const needs = props.needs ?? [];
  const patterns: PartOptions = props.options;
  const laid = props.kind === 'layer' ? props : undefined;
  const buildpack = laid && withFiles(laid.buildpack, [optionsFile(name, patterns, needs)]);
  const about = { name, makes, buildpack, runtimes: laid?.runtimes };
  return {
    ...about,
    with: (options) => ({
      ...about,
      options,
      needs: needs.filter(({ when }) => when === undefined || options[when.option] === when.is).map(({ part }) => part.name),
      facade: facade?.(options) ?? {},
      files: files?.(options) ?? {},
      replaces: props.replaces ?? [],
      counts: laid?.counts && ((path) => laid.counts?.(path, options) ?? true),
      packagesOn: (suite) => props.packages?.(suite, options) ?? [],
      problems: optionProblems(name, patterns, options),
    }),
  };
}

/** The file by which a buildpack lays a part of its name; lay/part.jq includes it. */
const OPTIONS_FILE = 'part-options.jq';

/** Whether what a buildpack lays is for the parts of an image to say, and not for its source. */
export function laysPart({ files }: Pick<Buildpack, 'files'>): boolean {
  return files.some(({ path }) => path === OPTIONS_FILE);
}

/** Which release of a part's runtimes an image of a Debian release has; undefined when there is none. */
export function runtimeOf({ runtimes, options }: Part, suite: Suite) {
  const wanted = options['version'];
  return runtimes?.releases[suite]?.find(({ version }) => wanted === undefined || isMinorOf(wanted, version));
}

/** Whether `3.11` is the minor version of `3.11.2`. */
export function isMinorOf(minor: string, version: string): boolean {
  return `${version}.`.startsWith(`${minor}.`);
}

function optionProblems(name: string, patterns: PartOptions, options: PartOptions): string[] {
  const unknown = Object.keys(options).filter((option) => !(option in patterns));
  return [
    ...unknown.map((option) => `the part '${name}' has no option '${option}'; remove it`),
    ...Object.entries(patterns)
      .filter(([option, pattern]) => !new RegExp(`^(?:${pattern})$`).test(options[option] ?? ''))
      .map(
        ([option, pattern]) =>
          `the part '${name}' has the ${option} '${options[option] ?? ''}'; expected is what matches ${pattern}`,
      ),
  ];
}

/** The same in jq, as detection asks it. */
function optionsFile(name: string, patterns: PartOptions, needs: readonly Need<string>[]): BuildpackFile {
  const text = (value: string): string => JSON.stringify(value);
  const options = Object.entries(patterns).map(([option, pattern]) => `${text(option)}: ${text(pattern)}`);
  const needed = needs.map(({ part, when }) =>
    when ? `if .${when.option} == ${text(when.is)} then ${text(part.name)} else empty end` : text(part.name),
  );
  const content = [
    `# What the part ${name} may say, each option by what it has to match, and which parts it needs.`,
    `def options: ${options.length === 0 ? '{}' : `{ ${options.join(', ')} }`};`,
    `def needed: ${needed.length === 0 ? 'empty' : needed.join(', ')};`,
    '',
  ].join('\n');
  return { path: OPTIONS_FILE, content, executable: false };
}
