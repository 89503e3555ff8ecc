import type { Construct } from 'constructs';
import { Bookworm } from './bookworm';
import { Perl536 } from './perl536';
import { Php82 } from './php82';
import type { PlatformChart } from './platform-chart';
import { Python311 } from './python311';

/** The distros of an environment, each made when the first family stands on it. */
class Distros {
  constructor(
    readonly app: Construct,
    private readonly platform: PlatformChart,
  ) {}

  get bookworm(): Bookworm {
    return this.once('bookworm', () => new Bookworm(this.app, this.platform));
  }

  private once<T extends Construct>(suite: string, make: () => T): T {
    return (this.app.node.tryFindChild(suite) as T | undefined) ?? make();
  }
}

/** All families, by the names that the setting `families` has. One of a distro's name is its images without a language. */
const FAMILIES = {
  bookworm: ({ bookworm }) => bookworm.withImages(),
  perl536: ({ app, bookworm }) => new Perl536(app, bookworm),
  php82: ({ app, bookworm }) => new Php82(app, bookworm),
  python311: ({ app, bookworm }) => new Python311(app, bookworm),
} as const satisfies Readonly<Record<string, (distros: Distros) => Construct>>;

/** Declares the families of an environment. */
export function declareFamilies(app: Construct, platform: PlatformChart): void {
  const distros = new Distros(app, platform);
  for (const declare of Object.values(FAMILIES)) declare(distros);
}
