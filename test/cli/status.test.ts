import type { AskedImage } from '../../cli/asked-images';
import { type ImageStatus, renderStatus, statusOf } from '../../cli/render-status';

const digest = (of: string): string => `sha256:${of.repeat(64)}`;
const report = {
  contract: 'today',
  family: { kind: 'web' },
  passed: 25,
  failed: 0,
  notApplicable: 3,
  byCanary: 0,
  seconds: 41,
} as const;
const made = { declared: digest('a'), public: digest('a'), report, size: 421_000_000 };

/** The status of an image that is promoted, and declared unless said otherwise. */
function found(
  asked: AskedImage,
  { name = 'python311-sssd-web', isDeclared = true, isChosen = true, version = ':c-0' } = {},
): ImageStatus {
  return statusOf(name, 'promoted', `registry.test/toolforge-${name}:latest`, {
    reference: isDeclared ? `registry.test/toolforge-${name}${version}` : undefined,
    isChosen,
    found: asked,
    contractOf: () => 'today',
  });
}
/** The words of its line, without its name and state. */
const line = (status: ImageStatus): string | undefined =>
  /^\S+ +promoted +(.*)$/m.exec(renderStatus([status]))?.[1]?.replace(/ {2,}/g, ', ');

test('what is healthy is one line in total', () => {
  expect(renderStatus([found(made), found(made, { name: 'node18-sssd-web' })])).toBe(
    '2 of 2 images are healthy: made as declared, public, contract passed.',
  );
});

test('what is pinned is said, although it is healthy', () => {
  const pinned = found(made, { version: `@${digest('a')}` });
  expect(renderStatus([pinned, found(made, { name: 'node18-sssd-web' })])).toBe(
    '2 of 2 images are healthy: made as declared, public, contract passed.\nPinned (stacks/pins), and not as declared: python311-sssd-web.',
  );
});

test('what is not has a line of its own, which says why', () => {
  expect(line(found({ ...made, public: digest('b') }))).toBe('aaaaaaaaaaaa, bbbbbbbbbbbb, 25 of 25');
  expect(line(found({ ...made, public: '' }))).toBe('aaaaaaaaaaaa, no latest, 25 of 25');
  const left = { ...report, passed: 3, byCanary: 22 };
  expect(line(found({ ...made, public: '', report: left }))).toBe('aaaaaaaaaaaa, no latest, 3 of 3 and 22 by canary');
  expect(line(found({ ...made, report: null }))).toBe('aaaaaaaaaaaa, the same, not passed');
  expect(line(found({ ...made, report: { ...report, contract: 'of old' } }))).toBe('aaaaaaaaaaaa, the same, 25 of 25, of old');
  expect(line(found({ declared: '', public: digest('b'), report: null, size: null }))).toBe('not made, bbbbbbbbbbbb, -');
  expect(line(found({ declared: '', public: digest('b'), report: null, size: null }, { isDeclared: false }))).toBe(
    'not, bbbbbbbbbbbb, -',
  );
});

test('those that are gone are counted, and no fault', () => {
  const gone = statusOf('bullseye0-run', 'retired', 'registry.test/toolforge-bullseye0-run:latest', {
    ...{ reference: undefined, isChosen: true, found: undefined, contractOf: () => 'today' },
  });
  expect(renderStatus([found(made), gone])).toBe(
    '1 of 1 images are healthy: made as declared, public, contract passed; 1 are retired.',
  );
});

test('what the environment leaves out is counted, and no fault', () => {
  const leftOut = found({ declared: '', public: '', report: null, size: null }, { name: 'node18-sssd-web', isChosen: false });
  expect(renderStatus([found(made), leftOut])).toBe(
    '1 of 2 images are healthy: made as declared, public, contract passed; 1 are left out by its setting families.',
  );
});

test('one that is pinned passed the contract of its day, and is healthy', () => {
  const pinned = found({ ...made, report: { ...report, contract: 'of old' } }, { version: `@${digest('a')}` });
  expect(pinned).toMatchObject({ isPinned: true, isHealthy: true });
  expect(found(made)).toMatchObject({ isPinned: false, isHealthy: true });
});

test('the table fits 80 columns, with the longest name and all that can be said', () => {
  const asked = { ...made, public: digest('b'), report: { ...report, contract: 'of old' } };
  const table = renderStatus([found(asked, { name: 'python311-sssd-base' }), found(made)]);
  expect(
    Math.max(
      ...table
        .split('\n')
        .slice(0, -1)
        .map((each) => each.length),
    ),
  ).toBeLessThanOrEqual(80);
  expect(table).toContain('1 of 2 images are healthy');
});

test('as data, what nothing has is null', () => {
  expect(found({ declared: '', public: '', report: null, size: null }, { isDeclared: false })).toEqual({
    ...{ name: 'python311-sssd-web', state: 'promoted', isHealthy: false, declared: null, contract: null, size: null },
    ...{ isPinned: false, isChosen: true },
    public: { reference: 'registry.test/toolforge-python311-sssd-web:latest', digest: null },
  });
  expect(found(made).contract).toEqual({
    contract: 'today',
    passed: 25,
    failed: 0,
    notApplicable: 3,
    byCanary: 0,
    seconds: 41,
    isToday: true,
  });
});
