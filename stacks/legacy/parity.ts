import type { IBase } from '../../lib/buildpacks/base/base';
import { isStack, type IStack, Stack } from '../../lib/buildpacks/stack/stack';
import type { LockedPackages } from '../../lib/buildpacks/debian/locked-packages';
import type { PlatformImage } from '../../lib/images/platform-image';
import { type CurrentImage, legacyPackages } from './catalogue';
import commands from './commands.json';

/** Why images lack packages that the legacy ones name: by image, by package, a sentence. */
export type Absences = { readonly [name in CurrentImage]?: Readonly<Record<string, string>> };

/** A package that the legacy image names, and what ours has of it. */
export type PackageParity =
  | { readonly package: string; readonly is: 'there'; readonly version: string }
  /** A part is there in its place, laid into a layer. */
  | { readonly package: string; readonly is: 'replaced'; readonly by: string }
  | { readonly package: string; readonly is: 'absent'; readonly because: string | undefined };

/** Why images lack commands that the legacy ones have: by command, wherever it is absent, a sentence. */
export type AbsentCommands = Readonly<Record<string, string>>;

/** The commands of a legacy image, made as it is defined, that its successor lacks. `npm run bench -- storage` compares the two. */
export interface CommandParity {
  /** How many the legacy one has. */
  readonly legacy: number;
  readonly absent: readonly string[];
}

/** The packages and commands of a legacy image against its successor's. */
export interface Parity {
  readonly name: CurrentImage;
  readonly packages: readonly PackageParity[];
  /** Undefined where nobody has compared them yet, or can: no package of Debian has the Node of node16. */
  readonly commands: CommandParity | undefined;
  /** How many packages ours has in all, those that others depend on among them. */
  readonly inAll: number;
}

/** By image, as it was measured. */
export const comparedCommands: Readonly<Record<string, CommandParity>> = commands;

/** Compares the packages that a legacy image names with those of the image that succeeds it. */
export function parityOf(name: CurrentImage, { stack, parts }: PlatformImage, absences: Absences): Parity {
  const there = versionsIn(stack);
  const packages = legacyPackages(name).map((each): PackageParity => {
    const version = there.get(each);
    if (version !== undefined) return { package: each, is: 'there', version };
    const by = parts.find(({ replaces }) => replaces.includes(each));
    if (by !== undefined) return { package: each, is: 'replaced', by: `${by.name} ${by.options['version'] ?? ''}`.trim() };
    return { package: each, is: 'absent', because: absences[name]?.[each] };
  });
  return { name, packages, commands: comparedCommands[name], inAll: there.size };
}

/**
 * What is absent without a reason, and reasons for what is not absent.
 *
 * @returns a line a problem
 */
export function parityProblems({ name, packages }: Parity, absences: Absences): string[] {
  const silent = packages.filter((each) => each.is === 'absent' && each.because === undefined).map((each) => each.package);
  const absent = packages.filter(({ is }) => is === 'absent').map((each) => each.package);
  const idle = Object.keys(absences[name] ?? {}).filter((each) => !absent.includes(each));
  return [
    ...silent.map(
      (each) =>
        `'${name}' lacks the package '${each}' of the legacy image; add it to the packages of its family, or say why in stacks/absent.ts`,
    ),
    ...idle.map((each) => `stacks/absent.ts says why '${name}' lacks '${each}', and it does not; remove that`),
  ];
}

/**
 * Commands that are absent without a reason, and reasons for commands that no image lacks.
 *
 * @returns a line a problem
 */
export function commandProblems(parities: readonly Parity[], reasons: AbsentCommands): string[] {
  const absent = new Map(parities.flatMap(({ name, commands }) => (commands?.absent ?? []).map((each) => [each, name] as const)));
  const silent = [...absent].filter(([command]) => !Object.hasOwn(reasons, command));
  const idle = Object.keys(reasons).filter((command) => !absent.has(command));
  return [
    ...silent.map(
      ([command, name]) => `'${name}' lacks the command '${command}' of the legacy image; say why in stacks/absent.ts`,
    ),
    ...idle.map((command) => `stacks/absent.ts says why the command '${command}' is absent, and no image lacks it; remove that`),
  ];
}

/** All locked packages of a run image, with their versions. */
function versionsIn(stack: IStack): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const add = (locked: LockedPackages): void => {
    for (const [name, { version, fallback }] of Object.entries(locked))
      found.set(name, fallback === undefined ? version : `${version}, or ${fallback.version} from a mirror that lacks it`);
  };
  for (let each: IBase | IStack | undefined = stack; each !== undefined; each = isStack(each) ? each.below : undefined)
    add((each instanceof Stack ? each.lock.run : isStack(each) ? undefined : each.lock) ?? {});
  return found;
}
