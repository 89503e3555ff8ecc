import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { contentHash } from '../../synth/content-hash';
import { script } from '../../tekton/script';
import { STORAGE } from '../pod-storage';
import type { Check, ImageKind, Item, OfServer, Shape } from './item';
import { everyItems, webItems } from './items';
import type { Contracts, LanguageContract, ServerContract } from './language-contract';

const checksDirectory = join(__dirname, 'checks');
const driverDirectory = join(__dirname, 'driver');
const stepsDirectory = join(__dirname, 'steps');

/** The scripts of the Task's steps. */
export const CONTRACT_STEPS = {
  lookUp: script(stepsDirectory, 'look-up.sh'),
  pods: script(stepsDirectory, 'pods.sh'),
  attest: script(stepsDirectory, 'attest.sh'),
} as const;

const json = (value: unknown): string => `${JSON.stringify(value, undefined, 1)}\n`;
const scripts = (directory: string): readonly string[] => readdirSync(directory).sort();
/** What runs the checks, and the mounts of pods. */
const DRIVER = {
  'storage.json': json(STORAGE),
  ...Object.fromEntries(scripts(driverDirectory).map((file) => [file, script(driverDirectory, file)])),
};

/** What the steps read from /contract, whatever the image is: what runs the checks, and those that know no language, as `check.<name>.sh`. */
export const contractFiles: Readonly<Record<string, string>> = {
  ...DRIVER,
  ...Object.fromEntries(scripts(checksDirectory).map((file) => [`check.${file}`, script(checksDirectory, file)])),
};

/** The contract of images of a kind. */
export interface Contract {
  /**
   * 16 hex characters: the hash of the items that apply, of the checks that try them, of what is laid for them, and of the driver. An
   * attestation holds for one of these. Nothing of another language is in it: to change that tries no other image again.
   */
  readonly version: string;
  /**
   * What the steps read beside {@link contractFiles}, by file name: `items.json`, of each item its checks or the reason why it is not tried;
   * `family.json`, what pods are told of language and server; the checks of these as `check.<name>.sh`.
   */
  readonly files: Readonly<Record<string, string>>;
}

/** An item, as it is for images of a kind: what tries it, or why nothing does. */
type TriedItem = Pick<Item, 'id' | 'number' | 'title' | 'source'> &
  ({ readonly checks: readonly Check[] } | { readonly reason: string });

/**
 * The contract that holds for images of a kind.
 *
 * @throws Error for a language that the contracts do not have, and for a check that no folder has, or more than one
 */
export function contractOf(image: ImageKind, contracts: Contracts): Contract {
  const language = languageOf(image, contracts);
  const server = language?.server ?? contracts.generic;
  const isWeb = image.kind === 'web';
  const every: readonly Item[] = everyItems;
  const holds = holdsFor(image);
  const items = itemsOf(image, contracts);
  const others = [
    ...every.filter((item) => !holds(item)).map((item) => ({ ...about(item), reason: 'only for images with the common tools' })),
    ...(isWeb ? [] : [...webItems, ...server.items].map((item) => ({ ...about(item), reason: ONLY_WEB }))),
  ];
  const names = new Set(items.flatMap((item) => ('checks' in item ? item.checks.map(({ check }) => check) : [])));
  const folders = [checksDirectory, ...[language, server].flatMap((each) => each?.checks ?? [])];
  const checks = [...names].sort().map((name) => [`check.${name}.sh`, textOfCheck(name, folders)] as const);
  const toldFile = { 'family.json': json(told(language, isWeb ? server : undefined)) };
  const tryingIt = { ...DRIVER, ...toldFile, ...Object.fromEntries(checks) };
  return {
    version: contentHash({ items, files: tryingIt, steps: CONTRACT_STEPS }).slice(0, 16),
    files: {
      'items.json': json([...items, ...others].toSorted(byNumber)),
      ...toldFile,
      ...Object.fromEntries(checks.filter(([file]) => !(file in contractFiles))),
    },
  };
}

const holdsFor =
  ({ bare }: ImageKind) =>
  ({ onlyWith }: Item): boolean =>
    onlyWith === undefined || bare !== true;

/** What is tried of images of a kind, in the order of its numbers. */
function itemsOf(image: ImageKind, contracts: Contracts): readonly TriedItem[] {
  const language = languageOf(image, contracts);
  const server = language?.server ?? contracts.generic;
  const every: readonly Item[] = everyItems;
  const ofServer = image.kind === 'web' ? [...webItems, ...server.items] : [];
  const tried = [...every.filter(holdsFor(image)), ...ofServer, ...(language?.items ?? [])];
  return tried.toSorted(byNumber).map((item) => itemOf(item, image, server));
}

/** What is tried of images of a kind, and not of another kind: the language with its version, or items, by their ids, of which that one has fewer checks. */
export function untriedBy(other: ImageKind, image: ImageKind, contracts: Contracts): readonly string[] {
  const { language } = image;
  if (language !== undefined && JSON.stringify(language) !== JSON.stringify(other.language))
    return Object.entries(language).flat();
  const checksOf = (kind: ImageKind) =>
    itemsOf(kind, contracts).flatMap((item) =>
      'checks' in item
        ? item.checks.flatMap(({ check, in: shapes }) =>
            shapes.map((shape) => ({ id: item.id, ran: `${item.id} ${check} ${shape}` })),
          )
        : [],
    );
  const known = new Set(checksOf(other).map(({ ran }) => ran));
  return [...new Set(checksOf(image).flatMap(({ id, ran }) => (known.has(ran) ? [] : [id])))];
}

/** Which contract holds for images of a kind, as {@link contractOf} says. */
export const contractVersion = (image: ImageKind, contracts: Contracts): string => contractOf(image, contracts).version;

function languageOf(image: ImageKind, { languages }: Contracts): LanguageContract | undefined {
  const [name] = Object.keys(image.language ?? {});
  if (name === undefined) return undefined;
  const found = languages.find((each) => each.name === name);
  if (found) return found;
  const known = languages.map((each) => each.name).join(', ');
  throw new Error(`the contract knows no language '${name}', but ${known || 'none'}; add it to languages/languages.ts`);
}

/** As driver/pod.jq reads it. */
function told(language: LanguageContract | undefined, server: ServerContract | undefined): object {
  const { type, oldType, command, home, process, trace } = server ?? {};
  return {
    language: language && { programs: language.programs, start: language.start },
    server: server && { type, oldType, command, home, process, trace },
  };
}

const ONLY_WEB = 'only for web images';

const about = ({ id, number, title, source }: Item) => ({ id, number, title, source });

function itemOf(item: Item, { kind }: ImageKind, server: ServerContract): TriedItem {
  if ('reason' in item) return { ...about(item), reason: item.reason };
  const isPod = (shape: Shape): boolean => kind === 'web' || !shape.startsWith('web');
  const checks = item.checks
    .flatMap((check: Check | OfServer): readonly Check[] => ('ofServer' in check ? server[check.ofServer] : [check]))
    .filter(({ onlyFor }) => onlyFor === undefined || onlyFor === kind)
    .map(({ check, from, in: shapes }) => ({ check, from, in: shapes.filter(isPod) }));
  const tried = checks.filter((check) => check.in.length > 0);
  return kind === 'base' && tried.length === 0 ? { ...about(item), reason: ONLY_WEB } : { ...about(item), checks: tried };
}

function textOfCheck(check: string, folders: readonly string[]): string {
  const [found, ...more] = folders.filter((folder) => existsSync(join(folder, `${check}.sh`)));
  if (found !== undefined && more.length === 0) return script(found, `${check}.sh`);
  const where = found === undefined ? `none of ${folders.join(', ')}` : `both ${found} and ${more.join(', ')}`;
  throw new Error(
    `an item names the check '${check}', and ${where} ${found === undefined ? 'has' : 'have'} ${check}.sh; expected is one`,
  );
}

const byNumber = (one: { readonly number: number }, other: { readonly number: number }): number => one.number - other.number;
