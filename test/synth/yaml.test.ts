import { dump, load } from 'js-yaml';
import { YamlWriter } from '../../lib/synth/yaml';

const asJsYaml = (value: object): string => dump(value, { lineWidth: -1, noRefs: true });

// What readers of YAML 1.1 or 1.2 take for something else, what needs quotes, and what breaks blocks.
const ATOMS = [
  ...[
    '',
    ' ',
    'a',
    'yes',
    'no',
    'ON',
    'null',
    '~',
    '1',
    '0x1f',
    '1e3',
    '1:20',
    '2001-01-01',
    'y',
    'N',
    '=',
    '<<',
    '012',
    '.inf',
    '+1',
  ],
  ...['- ', ': ', ':', '#', ' #', "'", '"', '\n', '\n\n', '\t', '\r', '\u0007', '\u2028', '\u0085', '\ufeff', '😀', '...', '---'],
  ...['@', '`', '%', '!', '&', '*', '|', '>', '{', '}', '[', ']', ',', '?', '$(params.a)', 'word', '/usr/bin', 'x'.repeat(90)],
] as const;

/** Numbers that are the same in every run. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor((state / 2147483648) * below);
  };
}

test('five thousand odd objects: the bytes are those of js-yaml', () => {
  const below = numbers(7);
  const text = (): string => Array.from({ length: below(5) }, () => ATOMS[below(ATOMS.length)]).join('');
  const value = (depth: number): unknown => {
    const kind = below(depth > 3 ? 6 : 10);
    if (kind < 4) return text();
    if (kind === 4) return below(1000) - 500;
    if (kind === 5) return [true, false, null, 1.5, 1e21, -0][below(6)];
    if (kind < 8) return Array.from({ length: below(4) }, () => value(depth + 1));
    return Object.fromEntries(Array.from({ length: below(4) }, () => [text(), value(depth + 1)]));
  };
  const writer = new YamlWriter();
  for (let n = 0; n < 5000; n++) {
    const made = Object.fromEntries(Array.from({ length: below(4) }, () => [text(), value(0)]));
    expect(writer.document(made)).toBe(asJsYaml(made));
  }
});

test('what a reader would misread is quoted', () => {
  const values = { a: 'yes', b: 'off', c: '1:20', d: '0x1f', e: 'null', f: 'y', g: '2001-01-01', h: '1e3' };
  const text = new YamlWriter().document(values);
  expect(text).toBe(
    Object.entries(values)
      .map(([key, value]) => `${key}: '${value}'\n`)
      .join(''),
  );
  expect(load(text)).toEqual(values);
});
