import type { Report, ReportItem, ReportSummary } from './report';

/** A report as a Markdown page. The same report gives the same text; only durations differ between two reports of one image. */
export function renderReport(report: Report): string {
  const [repository = report.image, digest = 'unknown'] = report.image.split('@');
  const about = [
    ['image', `\`${repository}\``],
    ['digest', `\`${digest}\``],
    ['family', familyWords(report)],
    ['as the users of', report.tools.join(', ')],
    ['contract', `\`${report.contract}\``],
    ...(report.canary === undefined ? [] : [['canary', `\`${report.canary}\``]]),
    ['seconds', String(report.seconds)],
  ];
  const lines = [
    `# The contract of ${report.name}`,
    '',
    `${reportWords(report, ' items')}.`,
    '',
    ...markdownTable(['', ''], about),
    '',
    ...markdownTable(['item', 'what holds', 'result', 'in pods', 'seconds'], report.items.map(row)),
    ...failures(report),
  ];
  return `${lines.join('\n')}\n`;
}

/** `20 passed, 0 failed, 3 do not apply`; with a canary, how many items were tried of that. */
export function reportWords({ passed, failed, notApplicable, byCanary }: ReportSummary, items = ''): string {
  const left = byCanary > 0 ? [`${byCanary} passed by the canary`] : [];
  return [`${passed}${items} passed`, `${failed} failed`, ...left, `${notApplicable} do not apply`].join(', ');
}

function familyWords({ family }: Report): string {
  return [family.kind, ...Object.entries(family.language ?? {}).map((language) => language.join(' '))].join(', ');
}

function row({ id, title, result, reason, runs }: ReportItem): string[] {
  const words = { pass: 'pass', fail: '**fail**', 'not-applicable': 'does not apply', 'by-canary': 'by the canary' }[result];
  const shapes = [...new Set(runs.map(({ shape }) => shape))].join(', ');
  const seconds = runs.reduce((sum, run) => sum + run.seconds, 0).toFixed(1);
  return [id, title.replace(/[|<]/g, '\\$&'), words, reason ?? shapes, runs.length === 0 ? '' : seconds];
}

function failures({ items }: Report): string[] {
  const found = items.flatMap(({ id, runs }) =>
    runs.flatMap(({ shape, tool, findings }) =>
      findings.map(({ where, expected, got }) => [id, `${shape} of ${tool}`, ...[where, expected, got].map(cell)]),
    ),
  );
  if (found.length === 0) return [];
  return ['', '## What failed', '', ...markdownTable(['item', 'pod', 'where', 'expected', 'got'], found)];
}

/** Columns as wide as their widest cell, as prettier has them. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = head.map((title, i) => Math.max(3, title.length, ...rows.map((each) => each[i]?.length ?? 0)));
  const line = (cells: readonly string[]): string => `| ${cells.map((each, i) => each.padEnd(widths[i] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)];
}

/** Text that a table's cell can hold: what programs print may have anything in it. */
function cell(text: string): string {
  return text
    .replace(/[\\|<*_`[\]]/g, '\\$&')
    .replaceAll('\n', ' ')
    .trim();
}
