import type { Report, ReportItem } from './report';

/** A report as a Markdown page. The same report gives the same text; only durations differ between two reports of one image. */
export function renderReport(report: Report): string {
  const [repository = report.image, digest = 'unknown'] = report.image.split('@');
  const lines = [
    `# The contract of ${report.name}`,
    '',
    `${report.passed} items passed, ${report.failed} failed, ${report.notApplicable} do not apply.`,
    '',
    '| | |',
    '| --- | --- |',
    `| image | \`${repository}\` |`,
    `| digest | \`${digest}\` |`,
    `| family | ${familyWords(report)} |`,
    `| as the users of | ${report.tools.join(', ')} |`,
    `| contract | \`${report.contract}\` |`,
    `| seconds | ${report.seconds} |`,
    '',
    '| item | what holds | result | in pods | seconds |',
    '| --- | --- | --- | --- | ---: |',
    ...report.items.map(row),
    ...failures(report),
  ];
  return `${lines.join('\n')}\n`;
}

function familyWords({ family }: Report): string {
  return family.language === undefined ? family.kind : `${family.kind}, Python ${family.language.python}`;
}

function row({ id, title, result, reason, runs }: ReportItem): string {
  const words = { pass: 'pass', fail: '**fail**', 'not-applicable': 'does not apply' }[result];
  const shapes = [...new Set(runs.map(({ shape }) => shape))].join(', ');
  const seconds = runs.reduce((sum, run) => sum + run.seconds, 0).toFixed(1);
  const cells = [id, title, words, reason ?? shapes, runs.length === 0 ? '' : seconds];
  return `| ${cells.map(cell).join(' | ')} |`;
}

function failures({ items }: Report): string[] {
  const found = items.flatMap(({ id, runs }) =>
    runs.flatMap(({ shape, tool, findings }) =>
      findings.map(
        ({ where, expected, got }) => `| ${[id, `${shape} of ${tool}`, where, expected, got].map(cell).join(' | ')} |`,
      ),
    ),
  );
  if (found.length === 0) return [];
  return ['', '## What failed', '', '| item | pod | where | expected | got |', '| --- | --- | --- | --- | --- |', ...found];
}

/** Text that a table's cell can hold: what programs print may have anything in it. */
function cell(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll('\n', ' ');
}
