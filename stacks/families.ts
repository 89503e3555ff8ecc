import type { Construct } from 'constructs';
import { Bookworm } from './bookworm';
import { Bullseye } from './bullseye';
import type { KnownFamily } from './chosen-families';
import { Jdk17 } from './jdk17';
import { Jdk21 } from './jdk21';
import { Mariadb } from './mariadb';
import { Mono612 } from './mono612';
import { Mono68 } from './mono68';
import { Node12 } from './node12';
import { Node16 } from './node16';
import { Node18 } from './node18';
import { Node20 } from './node20';
import { Perl532 } from './perl532';
import { Perl536 } from './perl536';
import { Perl540 } from './perl540';
import { Php74 } from './php74';
import { Php82 } from './php82';
import { Php84 } from './php84';
import type { PlatformChart } from './platform-chart';
import { Python311 } from './python311';
import { Python313 } from './python313';
import { Python39 } from './python39';
import { Ruby27 } from './ruby27';
import { Ruby31 } from './ruby31';
import { Ruby33 } from './ruby33';
import { Standalone } from './standalone';
import { Tcl86 } from './tcl86';
import { Trixie } from './trixie';

/** The distros of an environment, each made when the first family stands on it. */
class Distros {
  constructor(
    readonly app: Construct,
    private readonly platform: PlatformChart,
  ) {}

  get bookworm(): Bookworm {
    return this.once('bookworm', () => new Bookworm(this.app, this.platform));
  }

  get bullseye(): Bullseye {
    return this.once('bullseye', () => new Bullseye(this.app, this.platform));
  }

  get trixie(): Trixie {
    return this.once('trixie', () => new Trixie(this.app, this.platform));
  }

  private once<T extends Construct>(suite: string, make: () => T): T {
    return (this.app.node.tryFindChild(suite) as T | undefined) ?? make();
  }
}

/** How a family is declared. */
interface Declaration {
  (distros: Distros): Construct;
  /** The registry that its builds read beside mirrors of Debian. @default - none */
  readonly reads?: 'npm';
}

/** A family that an environment can only have where its settings name this registry. */
const reading = (registry: 'npm', declare: Declaration): Declaration => Object.assign(declare, { reads: registry });

/** All families, by the names that the setting `families` has. One of a distro's name is its images without a language. */
const FAMILIES = {
  // No bullseye-web-sssd was ever made.
  bullseye: ({ bullseye }) => bullseye.withImages(['base']),
  jdk17: ({ app, bullseye }) => new Jdk17(app, bullseye),
  mono68: ({ app, bullseye }) => new Mono68(app, bullseye),
  node12: ({ app, bullseye }) => new Node12(app, bullseye),
  node16: reading('npm', ({ app, bullseye }) => new Node16(app, bullseye)),
  perl532: ({ app, bullseye }) => new Perl532(app, bullseye),
  php74: ({ app, bullseye }) => new Php74(app, bullseye),
  python39: ({ app, bullseye }) => new Python39(app, bullseye),
  ruby27: ({ app, bullseye }) => new Ruby27(app, bullseye),
  standalone: ({ app, bullseye }) => new Standalone(app, bullseye),
  bookworm: ({ bookworm }) => bookworm.withImages(),
  node18: ({ app, bookworm }) => new Node18(app, bookworm),
  perl536: ({ app, bookworm }) => new Perl536(app, bookworm),
  php82: ({ app, bookworm }) => new Php82(app, bookworm),
  python311: ({ app, bookworm }) => new Python311(app, bookworm),
  ruby31: ({ app, bookworm }) => new Ruby31(app, bookworm),
  trixie: ({ trixie }) => trixie.withImages(),
  jdk21: ({ app, trixie }) => new Jdk21(app, trixie),
  mariadb: ({ app, trixie }) => new Mariadb(app, trixie),
  mono612: ({ app, trixie }) => new Mono612(app, trixie),
  node20: ({ app, trixie }) => new Node20(app, trixie),
  perl540: ({ app, trixie }) => new Perl540(app, trixie),
  php84: ({ app, trixie }) => new Php84(app, trixie),
  python313: ({ app, trixie }) => new Python313(app, trixie),
  ruby33: ({ app, trixie }) => new Ruby33(app, trixie),
  tcl86: ({ app, trixie }) => new Tcl86(app, trixie),
} as const satisfies Readonly<Record<string, Declaration>>;

/** The name of a family. */
export type FamilyName = keyof typeof FAMILIES;

const declarations: Readonly<Record<FamilyName, Declaration>> = FAMILIES;

/** All of them, in the order of their declaration. */
export const knownFamilies: readonly KnownFamily<FamilyName>[] = (Object.keys(FAMILIES) as FamilyName[]).map((name) => {
  const { reads } = declarations[name];
  return { name, reads };
});

/** The family that an image of this name is of, if one is: its first word, `python311-sssd-web`, or its last, `bullseye-standalone`. */
export function familyOf(image: string): KnownFamily<FamilyName> | undefined {
  const named = (...words: readonly (string | undefined)[]) => knownFamilies.find(({ name }) => words.includes(name));
  const words = image.split('-');
  return named(words.at(-1)) ?? named(words[0]);
}

/** Declares families of an environment. */
export function declareFamilies(app: Construct, platform: PlatformChart, names: readonly FamilyName[]): void {
  const distros = new Distros(app, platform);
  for (const name of names) declarations[name](distros);
}
