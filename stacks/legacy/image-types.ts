import type { ImageCatalogue, ImageType, WebserviceType } from '../../lib/toolforge/image-config';
import { type CurrentImage, type GoneImage, isCurrent, legacyDefinition } from './catalogue';
import { type Ledger, stateOf } from './standing';

/** What a name stands for that people type: the images of jobs and of webservices. */
interface NamedImages {
  readonly jobs: CurrentImage | GoneImage;
  readonly webservice?: CurrentImage | GoneImage;
  /** What `webservice` starts in an image that is gone; of the others the catalogue says it. */
  readonly wstype?: WebserviceType;
  /** Names of years ago, beyond `tf-<name of the image>` and those of the images themselves. */
  readonly aliases?: readonly string[];
}

const both = <const Of extends string>(of: Of) => ({ jobs: `${of}-base`, webservice: `${of}-web` }) as const;

/** Every name that `webservice` and `toolforge jobs` know, or knew once. */
const IMAGE_TYPES = {
  bullseye: { jobs: 'bullseye-sssd' },
  bookworm: { jobs: 'bookworm-sssd', webservice: 'bookworm-web-sssd' },
  trixie: { jobs: 'trixie-sssd', webservice: 'trixie-web-sssd' },
  'bullseye-standalone': { jobs: 'bullseye-standalone' },
  jdk17: both('jdk17-sssd'),
  jdk21: both('jdk21-sssd'),
  mariadb: { jobs: 'mariadb-sssd-base' },
  'mono6.8': { jobs: 'mono68-sssd-base' },
  'mono6.12': { jobs: 'mono612-sssd-base' },
  node12: both('node12-sssd'),
  node16: both('node16-sssd'),
  node18: both('node18-sssd'),
  node20: both('node20-sssd'),
  'perl5.32': both('perl532-sssd'),
  'perl5.36': both('perl536-sssd'),
  'perl5.40': both('perl540-sssd'),
  'php7.4': both('php74-sssd'),
  'php8.2': both('php82-sssd'),
  'php8.4': both('php84-sssd'),
  'python3.9': both('python39-sssd'),
  'python3.11': both('python311-sssd'),
  'python3.13': both('python313-sssd'),
  ruby27: both('ruby27-sssd'),
  ruby31: both('ruby31-sssd'),
  ruby33: both('ruby33-sssd'),
  'tcl8.6': { ...both('tcl86-sssd'), aliases: ['tcl'] },
  golang: { ...both('golang-sssd'), wstype: 'generic' },
  golang111: { ...both('golang111-sssd'), wstype: 'generic' },
  jdk8: { ...both('jdk8-sssd'), wstype: 'generic' },
  jdk11: { ...both('jdk11-sssd'), wstype: 'generic' },
  nodejs: { ...both('node6-sssd'), wstype: 'js' },
  node10: { ...both('node10-sssd'), wstype: 'js' },
  'php5.6': { ...both('php5-sssd'), wstype: 'lighttpd' },
  'php7.2': { ...both('php72-sssd'), wstype: 'lighttpd' },
  'php7.3': { ...both('php73-sssd'), wstype: 'lighttpd' },
  python: { ...both('python34-sssd'), wstype: 'python' },
  python2: { ...both('python2-sssd'), wstype: 'python' },
  'python3.5': { ...both('python35-sssd'), wstype: 'python' },
  'python3.7': { ...both('python37-sssd'), wstype: 'python' },
  ruby2: { ...both('ruby21-sssd'), wstype: 'generic' },
  ruby25: { ...both('ruby25-sssd'), wstype: 'generic' },
} as const satisfies Readonly<Record<string, NamedImages>>;

/**
 * What image-config says, from the legacy catalogue and the ledger. A name whose images are retired is deprecated, and keeps them.
 *
 * @param reference - the public reference of an image, with the tag `latest`; whoever builds it, that is where it is
 */
export function imageCatalogue(ledger: Ledger, reference: (name: string) => string): ImageCatalogue {
  const image = (name: string) => ({ public: reference(name) });
  return Object.fromEntries(
    Object.entries<NamedImages>(IMAGE_TYPES).map(([type, named]): [string, ImageType] => {
      const { jobs, webservice, aliases = [] } = named;
      const served = webservice && servedBy(webservice, named);
      return [
        type,
        {
          state: stateOf(ledger[jobs]) === 'retired' ? 'deprecated' : 'stable',
          aliases: [...aliases, ...aliasesOf(type, jobs, webservice)],
          jobs: image(jobs),
          ...(webservice && served && { webservice: { image: image(webservice), ...served } }),
        },
      ];
    }),
  );
}

function servedBy(
  webservice: CurrentImage | GoneImage,
  { wstype }: NamedImages,
): Omit<NonNullable<ImageType['webservice']>, 'image'> {
  const { wstype: known, resources = 'default' } = isCurrent(webservice) ? legacyDefinition(webservice) : {};
  const type = known ?? wstype;
  if (type === undefined)
    throw new Error(`stacks/legacy/image-types.ts: nothing says what webservice starts in '${webservice}'; add its wstype`);
  return { type, resources };
}

/** `tf-python311`, `toolforge-python311-sssd-base`, `toolforge-python311-sssd-web` */
function aliasesOf(type: string, jobs: string, webservice: string | undefined): string[] {
  const names = [`tf-${jobs.replace(/-sssd(-base)?$/, '')}`, `toolforge-${jobs}`];
  return [...names, ...(webservice === undefined ? [] : [`toolforge-${webservice}`])].filter((each) => each !== type);
}
