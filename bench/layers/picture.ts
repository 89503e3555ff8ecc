/** The picture of who shares which layer: docs/bench/layers.svg. */
import { sizeOf } from '../stored-layers';
import { megabytes } from '../tables';
import { type FamilyColumn, type PictureRow, pictureRows, type Sharing } from './picture-rows';

/** All lengths are in pixels of a picture that is this wide. */
const WIDTH = 900;
const LEFT = 236;
const TOP = 132;
const MARGIN = 16;
/** Of the largest layer. The height of a bar goes by the square root of its bytes, so that small ones can be seen beside large ones. */
const TALLEST = 34;
const THINNEST = 2;
/** Beside a bar. */
const GAP = 3;
/** What a line of text takes. */
const LINE = 13;

const LEGEND: Readonly<Record<Sharing, { readonly colour: string; readonly title: string }>> = {
  all: { colour: '#3366cc', title: 'all have it' },
  some: { colour: '#14866d', title: 'some have it' },
  one: { colour: '#d9730d', title: 'one has it' },
  state: { colour: '#8f6ab5', title: 'state' },
};

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
const length = (value: number): string => String(Math.round(value * 10) / 10);

function text(x: number, y: number, content: string, style = ''): string {
  return `<text x="${length(x)}" y="${length(y)}"${style}>${escaped(content)}</text>`;
}

function box(x: number, y: number, width: number, height: number, colour: string, rest = ''): string {
  return `<rect x="${length(x)}" y="${length(y)}" width="${length(width)}" height="${length(height)}" fill="${colour}"${rest}/>`;
}

/**
 * Columns are the families' run images, rows are layers, the lowest first as in a manifest. It has its own background, so that it reads on any other.
 *
 * @param release - the Debian release of the families
 */
export function layersPicture(release: string, columns: readonly FamilyColumn[]): string {
  const rows = pictureRows(columns);
  const largest = Math.max(...rows.map(({ size }) => size));
  const step = (WIDTH - LEFT - MARGIN) / columns.length;
  const drawn: string[] = [];
  let y = TOP;
  for (const [i, row] of rows.entries()) {
    const thick = Math.max(THINNEST, TALLEST * Math.sqrt(row.size / largest));
    const height = Math.max(LINE, thick + 2);
    if (i % 2 === 0) drawn.push(box(0, y, WIDTH, height, '#eef0f3'));
    drawn.push(label(row, rows[i - 1], y + height / 2), ...bars(row, y + height / 2, thick, step));
    y += height;
  }
  const height = Math.ceil(y + MARGIN);
  const title = `The layers of ${columns.length} run images of ${release}, from the lowest (first) to the topmost (last)`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img">
<title>${escaped(title)}</title>
<g font-family="sans-serif" font-size="11" fill="#202122">
${box(0, 0, WIDTH, height, '#ffffff', ' rx="6"')}
${text(MARGIN, 24, title, ' font-size="14" font-weight="bold"')}
${legend(rows).join('\n')}
${heads(columns, step).join('\n')}
${drawn.join('\n')}
</g>
</svg>
`;
}

function legend(rows: readonly PictureRow[]): readonly string[] {
  const entries = Object.entries(LEGEND).flatMap(([sharing, { colour, title }], i) => {
    const own = rows.filter((row) => row.sharing === sharing);
    const x = MARGIN + (i * (WIDTH - 2 * MARGIN)) / 4;
    return [box(x, 38, 12, 12, colour), text(x + 18, 48, `${title}: ${own.length}, ${megabytes(sizeOf(own))}`)];
  });
  const scale = 'Each layer once, compressed. The height of a bar goes by the square root of its bytes; the thinnest are less.';
  return [...entries, text(MARGIN, 68, `${scale} A line joins columns that have the same layer.`)];
}

function heads(columns: readonly FamilyColumn[], step: number): readonly string[] {
  return columns.flatMap(({ name, layers }, i) => {
    const x = LEFT + (i + 0.5) * step;
    const centred = ' text-anchor="middle"';
    return [
      text(x, 96, name, `${centred} font-weight="bold"`),
      text(x, 110, megabytes(sizeOf(layers)), centred),
      text(x, 123, `${layers.length} layers`, centred),
    ];
  });
}

/** The name where it is another than that of the row above, and the size. */
function label(row: PictureRow, above: PictureRow | undefined, middle: number): string {
  const name = row.name === above?.name ? '' : text(MARGIN, middle + 4, row.name);
  return `${name}${text(LEFT - 12, middle + 4, megabytes(row.size), ' text-anchor="end"')}`;
}

/** A bar over neighbouring columns that have the layer, and a line between those that are apart. */
function bars({ columns, sharing, name, size }: PictureRow, middle: number, thick: number, step: number): readonly string[] {
  const { colour } = LEGEND[sharing];
  const over = (first: number, last: number, height: number): string =>
    box(LEFT + first * step + GAP, middle - height / 2, (last - first + 1) * step - 2 * GAP, height, colour);
  const joined = neighbours(columns);
  const line = joined.length > 1 ? [over(columns[0] ?? 0, columns.at(-1) ?? 0, 1)] : [];
  const own = joined.map(([first, last]) => over(first, last, thick));
  return [`<g><title>${escaped(`${name}, ${megabytes(size)}`)}</title>`, ...line, ...own, '</g>'];
}

/** The first and the last of each run of columns that lie side by side. */
function neighbours(columns: readonly number[]): readonly (readonly [number, number])[] {
  const firsts = columns.filter((column) => !columns.includes(column - 1));
  const lasts = columns.filter((column) => !columns.includes(column + 1));
  return firsts.map((first, i) => [first, lasts[i] ?? first]);
}
