import type { Construct } from 'constructs';
import { Bookworm } from './bookworm';
import { Bullseye } from './bullseye';
import { Node18 } from './node18';
import { Perl532 } from './perl532';
import { Perl536 } from './perl536';
import { Perl540 } from './perl540';
import { Php74 } from './php74';
import { Php82 } from './php82';
import { Php84 } from './php84';
import type { PlatformChart } from './platform-chart';
import { Python311 } from './python311';
import { Ruby31 } from './ruby31';
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

/** All families, by the names that the setting `families` has. One of a distro's name is its images without a language. */
const FAMILIES = {
  // No bullseye-web-sssd was ever made.
  bullseye: ({ bullseye }) => bullseye.withImages(['base']),
  bookworm: ({ bookworm }) => bookworm.withImages(),
  trixie: ({ trixie }) => trixie.withImages(),
  node18: ({ app, bookworm }) => new Node18(app, bookworm),
  perl532: ({ app, bullseye }) => new Perl532(app, bullseye),
  perl536: ({ app, bookworm }) => new Perl536(app, bookworm),
  perl540: ({ app, trixie }) => new Perl540(app, trixie),
  php74: ({ app, bullseye }) => new Php74(app, bullseye),
  php82: ({ app, bookworm }) => new Php82(app, bookworm),
  php84: ({ app, trixie }) => new Php84(app, trixie),
  python311: ({ app, bookworm }) => new Python311(app, bookworm),
  ruby31: ({ app, bookworm }) => new Ruby31(app, bookworm),
  tcl86: ({ app, trixie }) => new Tcl86(app, trixie),
} as const satisfies Readonly<Record<string, (distros: Distros) => Construct>>;

/** The name of a family. */
export type FamilyName = keyof typeof FAMILIES;

export const familyNames = Object.keys(FAMILIES) as readonly FamilyName[];

/** Declares families of an environment. */
export function declareFamilies(app: Construct, platform: PlatformChart, names: readonly FamilyName[]): void {
  const distros = new Distros(app, platform);
  for (const name of names) FAMILIES[name](distros);
}
