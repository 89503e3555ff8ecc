import { type MeasuredReproduction, reproducePage } from '../../bench/reproduce-page';
import type { Content } from '../cluster/rebase/registry-content';

/** An image of these layers; the first letter of each is its digest, the whole its maker. */
const content = (digest: string, ...layers: string[]): Content => ({
  digest: `sha256:${digest.repeat(64)}`,
  layers: layers.map((what) => ({ digest: `sha256:${what[0] ?? ''}`, size: 1, what })),
  configuration: '{}',
});

const page = (measured: Partial<MeasuredReproduction>): string =>
  reproducePage({
    images: [],
    tags: 7,
    moved: [],
    machine: '2 cores',
    load: { before: 0, after: 1 },
    date: '2026-11-25',
    ...measured,
  });

const base = {
  name: 'platform/bookworm',
  first: { content: content('a', 'base') },
  second: { content: content('a', 'base'), seconds: 31 },
};
const builder = {
  name: 'platform/builders/python311',
  first: { content: content('b', 'base', 'order'), seconds: 12 },
  second: { content: content('b', 'base', 'order'), seconds: 9.4 },
  local: content('c', 'base', 'x'),
};

test('images that are the same, by `local` or by two builds here', () => {
  const text = page({ images: [base, builder] });
  expect(text).toContain('all 2 images have the same digest when they are built again. None of the 7 tags');
  expect(text).toContain('| platform/bookworm | `aaaaaaaaaaaa` | `aaaaaaaaaaaa` | same | 1 of 1 | by `local` | 31 s |');
  expect(text).toContain('| platform/builders/python311 | `bbbbbbbbbbbb` | `bbbbbbbbbbbb` | same | 2 of 2 | 12 s | 9.4 s |');
});

test('what the name of the repository changes is shown beside, and only for images that have it', () => {
  expect(page({ images: [base, builder] })).toContain('| platform/builders/python311 | `cccccccccccc` | 1 of 2 | `order` |');
  expect(page({ images: [base] })).not.toContain('## What the name of a repository changes');
});

test('an image that is another one, and a tag that moved, are what the page says first', () => {
  const other = { ...base, second: { content: content('d', 'base', 'more'), seconds: 31 } };
  const text = page({ images: [other, builder], moved: ['theirs/image:latest'] });
  expect(text).toContain('**1 of 2 images have another digest when they are built again: platform/bookworm.**');
  expect(text).toContain('**Of the 7 tags that other repositories had before, these have moved: theirs/image:latest.**');
  expect(text).toContain('| `aaaaaaaaaaaa` | `dddddddddddd` | **other** | 1 of 2 |');
});
