import { kindOf } from '../lib/deploy/expected-times';
import { megabytes } from '../lib/diff/megabytes';
import { resultOf } from '../lib/deploy/planned-runs';
import { markdownTable } from '../lib/toolforge/contract/render-report';
import { columns } from '../local/columns';
import type { PlanReport, RunPlan } from './plan-report';
import { duration } from './view/words';

const HEAD = ['image', 'up will', 'about', 'MB to fetch', 'used by'] as const;
const ORDER = ['refuse', 'wait', 'build', 'rebase', 'find'] as const;

/** A plan within 80 columns: a line for each run of which something is done, then one for each reason, and a summary. */
export function renderPlan(report: PlanReport): string {
  const rows = actedOn(report).map(cellsOf);
  return [...(rows.length === 0 ? [] : [columns([HEAD, ...rows]), reasonsOf(report)]), summaryOf(report)].join('\n\n');
}

/** The same for a review, as Markdown. */
export function renderPlanMarkdown(report: PlanReport): string {
  const rows = actedOn(report).map((run) => [...cellsOf(run), run.why.replaceAll('|', '\\|')]);
  const table = markdownTable([...HEAD, 'why'], rows).join('\n');
  return [...(rows.length === 0 ? [] : [table]), summaryOf(report)].join('\n\n');
}

const actedOn = ({ runs }: PlanReport): RunPlan[] => ORDER.flatMap((does) => runs.filter((each) => each.does === does));

function cellsOf({ run, does, seconds, bytes, webservices }: RunPlan): string[] {
  const time = resultOf(does) === undefined ? '' : seconds === null ? '?' : duration(seconds);
  return [kindOf(run), does, time, bytesWords(bytes), webservices.length === 0 ? '' : String(webservices.length)];
}

function bytesWords(bytes: RunPlan['bytes']): string {
  if (bytes === null) return '';
  return `${bytes.isAtLeast ? '>' : ''}${megabytes(bytes.other)} of ${megabytes(bytes.all)}`;
}

/** Images of the same reason together. */
function reasonsOf(report: PlanReport): string {
  const byReason = new Map<string, string[]>();
  for (const { does, why, run } of actedOn(report).filter((each) => each.why !== '')) {
    const reason = `${does}: ${why}`;
    byReason.set(reason, [...(byReason.get(reason) ?? []), kindOf(run)]);
  }
  return [...byReason].map(([reason, names]) => `${folded(reason)}\n${folded(names.join(', '), '    ')}`).join('\n');
}

/** Words on lines of at most 80 columns. */
function folded(text: string, indent = ''): string {
  // A word that is too long stands on a line of its own.
  const lines = text.match(new RegExp(`.{1,${80 - indent.length}}(?= |$)|\\S+`, 'g')) ?? [text];
  return lines.map((line) => indent + line.trimStart()).join('\n');
}

function summaryOf({ runs, time }: PlanReport): string {
  const counts = ORDER.flatMap((does) => {
    const count = runs.filter((each) => each.does === does).length;
    return count === 0 ? [] : [`${count} to ${does}`];
  });
  const idle = runs.filter(({ does }) => does === 'nothing').length;
  if (counts.length === 0) return `No image changes: ${idle} are as declared.`;
  const changed = new Set(runs.filter(({ does }) => resultOf(does) !== undefined).flatMap((each) => each.webservices)).size;
  const used = changed === 0 ? '' : `\nWebservices that use what changes: ${changed}; they run it after csb restart.`;
  return `${folded(`${counts.join(', ')}; nothing for ${idle}. ${endOf(runs, time)}`)}${used}`;
}

function endOf(runs: PlanReport['runs'], { seconds, unknown }: PlanReport['time']): string {
  if (runs.some(({ does }) => does === 'refuse')) return '`up` fails there; what it has not begun by then stays as it is.';
  return unknown.length === 0
    ? `About ${duration(seconds)}.`
    : `At least ${duration(seconds)}: of ${unknown.length} the cluster has no run that did the same.`;
}
