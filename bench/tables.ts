/** A table in Markdown. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, i) => (i === 0 ? '---' : '---:'))), ...rows.map(line)].join('\n');
}

export const seconds = (value: number): string => `${value.toFixed(value < 10 ? 1 : 0)} s`;

/** As Kubernetes tells the times of a step. */
export const wholeSeconds = (value: number): string => (value < 1 ? 'less than 1 s' : `${value} s`);

/** Bytes in MB, small ones in kB. */
export function megabytes(bytes: number): string {
  if (bytes === 0) return '0';
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

/** How many times the second goes into the first. */
export function ratio(one: number | undefined, other: number | undefined, digits = 1): string {
  return one === undefined || other === undefined || other === 0 ? '–' : (one / other).toFixed(digits);
}
