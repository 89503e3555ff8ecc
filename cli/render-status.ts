import { tagOf } from '../lib/registry/image-reference';
import type { ReportSummary } from '../lib/toolforge/contract/report';
import type { AskedImage } from './asked-images';
import { columns } from '../local/columns';
import { shortDigest } from './short-digest';

/** Where an image is, and what the registry has of it. */
export interface ImageStatus {
  readonly name: string;
  readonly state: 'legacy' | 'building' | 'shadow' | 'promoted' | 'retired' | 'new';
  /** The public tag, and the digest that it has; null for none. */
  readonly public: { readonly reference: string; readonly digest: string | null };
  /** What is declared, and the digest that it has; null while it is not made. Null where nothing is declared. */
  readonly declared: { readonly reference: string; readonly digest: string | null } | null;
  /** What is attested of what is declared. `isToday` says whether that is the contract as it is now. */
  readonly contract: (Omit<ReportSummary, 'family'> & { readonly isToday: boolean }) | null;
  /** The bytes of the layers of what is declared, compressed; null while it is not made. */
  readonly size: number | null;
  /** Whether what is declared is a digest that was public before, by stacks/pins: it passed the contract of its day. */
  readonly isPinned: boolean;
  /** Whether the settings of the environment choose its family. */
  readonly isChosen: boolean;
  /** What its family reads of `mirror`, and the settings do not name, so that nothing declares it there. */
  readonly lacks?: string;
  /** Whether what is declared is public, and has passed its contract: today's, if it is not pinned. */
  readonly isHealthy: boolean;
}

interface Known {
  readonly reference: string | undefined;
  readonly isChosen: boolean;
  readonly lacks?: string | undefined;
  readonly found: AskedImage | undefined;
  /** The version of the contract of a kind of images today. */
  readonly contractOf: (family: ReportSummary['family']) => string;
}

/** Puts together what declarations, ledger and registry say. */
export function statusOf(
  name: string,
  state: ImageStatus['state'],
  publicReference: string,
  { reference, isChosen, lacks, found, contractOf }: Known,
): ImageStatus {
  const digest = (text: string | undefined): string | null => (text === undefined || text === '' ? null : text);
  const [declared, now] = [digest(found?.declared), digest(found?.public)];
  const contract = attested(found?.report ?? null, contractOf);
  const isPinned = reference !== undefined && tagOf(reference) === undefined;
  return {
    name,
    state,
    public: { reference: publicReference, digest: now },
    declared: reference === undefined ? null : { reference, digest: declared },
    contract,
    size: found?.size ?? null,
    isPinned,
    isChosen,
    ...(lacks !== undefined && { lacks }),
    isHealthy: declared !== null && declared === now && contract?.failed === 0 && (contract.isToday || isPinned),
  };
}

function attested(report: ReportSummary | null, contractOf: Known['contractOf']): ImageStatus['contract'] {
  if (report === null) return null;
  const { family, ...numbers } = report;
  return { ...numbers, isToday: contractOf(family) === numbers.contract };
}

/**
 * A table within 80 columns of what is not healthy, and a line about the rest. Those that are retired, and of images whose families the environment
 * leaves out those that are not healthy, are counted.
 */
export function renderStatus(all: readonly ImageStatus[]): string {
  const images = all.filter(({ state }) => state !== 'retired');
  const others = images.filter(({ isHealthy, isChosen }) => !isHealthy && isChosen);
  const leftOut = images.filter(({ isHealthy, isChosen }) => !isHealthy && !isChosen);
  const healthy = images.filter(({ isHealthy }) => isHealthy).length;
  const left = leftOut.length === 0 ? '' : `; ${leftOut.length} are left out by its setting families`;
  const retired = all.length - images.length;
  const gone = retired === 0 ? '' : `; ${retired} are retired`;
  const pinned = images.filter(({ isPinned }) => isPinned).map(({ name }) => name);
  const held = pinned.length === 0 ? '' : `\nPinned (stacks/pins), and not as declared: ${pinned.join(', ')}.`;
  const line = `${healthy} of ${images.length} images are healthy: made as declared, public, contract passed${left}${gone}`;
  if (others.length === 0) return `${line}.${held}`;
  const rows = others.map((each) => [each.name, each.state, declaredOf(each), publicOf(each), contractWords(each)]);
  return `${columns([['image', 'state', 'declared', 'public', 'contract'], ...rows])}\n${line}.${held}`;
}

function declaredOf({ declared }: ImageStatus): string {
  if (declared === null) return 'not';
  return declared.digest === null ? 'not made' : shortDigest(declared.digest);
}

function publicOf({ public: { reference, digest }, declared }: ImageStatus): string {
  if (digest === null) return `no ${tagOf(reference) ?? 'tag'}`;
  return digest === declared?.digest ? 'the same' : shortDigest(digest);
}

function contractWords({ contract, declared, isPinned }: ImageStatus): string {
  if (contract === null) return (declared?.digest ?? null) === null ? '-' : 'not passed';
  const { passed, failed, byCanary, isToday } = contract;
  const left = byCanary > 0 ? ` and ${byCanary} by canary` : '';
  return `${passed} of ${passed + failed}${left}${isToday || isPinned ? '' : ', of old'}`;
}
