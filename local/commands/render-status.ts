/** What `status` prints. */
import { homedir } from 'node:os';
import { columns } from '../columns';

export const HEALTHY = 'healthy';

/** A component, or a part of the platform that runs in pods. */
export interface StatusRow {
  readonly component: string;
  /** Undefined for what is not a process of this machine, or does not run. */
  readonly pid: number | undefined;
  readonly since: Date | undefined;
  /** `healthy`, or why not. */
  readonly health: string;
  readonly address: string;
  /** A file, or the command that shows it. */
  readonly log: string;
}

/** A line a row, within 80 columns, and the reason and the log of what is not healthy below it. */
export function renderStatus(rows: readonly StatusRow[]): string {
  const cells = rows.map(({ component, pid, since, address }) => [
    component,
    String(pid ?? '-'),
    since?.toISOString().slice(5, 16).replace('T', ' ') ?? '-',
    address.replace(/^unix:\/\//, ''),
  ]);
  const [head = '', ...lines] = columns([['component', 'pid', 'since (UTC)', 'address'], ...cells]).split('\n');
  const folded = rows.flatMap(({ health, log }, i) => [
    lines[i] ?? '',
    ...(health === HEALTHY ? [] : [`  not healthy: ${health}`, `  its log: ${short(log)}`]),
  ]);
  const broken = rows.filter(({ health }) => health !== HEALTHY).length;
  return [head, ...folded, broken === 0 ? 'All of it is healthy.' : `Not healthy: ${broken} of ${rows.length}.`].join('\n');
}

const short = (file: string): string => (file.startsWith(homedir()) ? `~${file.slice(homedir().length)}` : file);
