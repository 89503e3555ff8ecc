import { layersPicture } from '../../../bench/layers/picture';
import { type FamilyColumn, pictureRows } from '../../../bench/layers/picture-rows';

/** A family with layers `name` or `name@digest`. */
const family = (name: string, ...layers: string[]): FamilyColumn => ({
  name,
  layers: layers.map((each) => {
    const [called = '', digest = called] = each.split('@');
    return { name: called, digest: `sha256:${digest}`, size: 4_000_000 };
  }),
});

const families = [
  family('python311', 'glibc', 'gcc', 'openssl@new', 'state@1'),
  family('php82', 'glibc', 'fonts', 'openssl@old', 'state@2'),
  family('ruby31', 'glibc', 'gcc', 'fonts', 'openssl@new', 'state@3'),
];

test('rows are layers in an order that every image keeps; those of one name are together, the most shared first', () => {
  expect(pictureRows(families).map(({ name, digest, columns, sharing }) => [name, digest, columns, sharing])).toEqual([
    ['glibc', 'sha256:glibc', [0, 1, 2], 'all'],
    ['gcc', 'sha256:gcc', [0, 2], 'some'],
    ['fonts', 'sha256:fonts', [1, 2], 'some'],
    ['openssl', 'sha256:new', [0, 2], 'some'],
    ['openssl', 'sha256:old', [1], 'one'],
    ['state', 'sha256:1', [0], 'state'],
    ['state', 'sha256:2', [1], 'state'],
    ['state', 'sha256:3', [2], 'state'],
  ]);
});

test('where no image says which of two is lower, what only a later image knows is kept', () => {
  const rows = pictureRows([family('one', 'a', 'top'), family('other', 'b', 'top'), family('third', 'b', 'a', 'top')]);
  expect(rows.map(({ name }) => name)).toEqual(['b', 'a', 'top']);
});

test('images of two plans that disagree have no picture', () => {
  expect(() => pictureRows([family('one', 'a', 'b'), family('other', 'b', 'a')])).toThrow(
    'images have these layers in different orders: a, b; expected those of one plan',
  );
});

test('the picture: one bar over neighbours, a line where columns between lack the layer, heights by square roots', () => {
  const [python, ...others] = families;
  if (python === undefined) throw new Error('there are three');
  const layers = python.layers.map((layer) => (layer.name === 'glibc' ? { ...layer, size: 64_000_000 } : layer));
  const picture = layersPicture('bookworm', [{ ...python, layers }, ...others]);
  const heights = (row: string): string[] => {
    const [, drawn = ''] = new RegExp(`<title>${row}</title>([^]*?)</g>`).exec(picture) ?? [];
    return [...drawn.matchAll(/ width="([\d.]+)" height="([\d.]+)"/g)].map(([, width = '', height = '']) => `${width} ${height}`);
  };
  expect(heights('glibc, 64.0 MB')).toEqual(['642 34']);
  expect(heights('gcc, 4.0 MB')).toEqual(['642 1', '210 8.5', '210 8.5']);
  expect(picture).toContain('>all have it: 1, 64.0 MB<');
  expect(picture).toContain('>some have it: 3, 12.0 MB<');
  expect(picture).toContain('>76.0 MB<');
});

test('names are text, whatever is in them', () => {
  expect(layersPicture('a & b', [family('<x>', 'glibc')])).toMatch(/of a &amp; b[^]*&lt;x&gt;/);
});
