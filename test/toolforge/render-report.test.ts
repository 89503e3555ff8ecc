import { parseReport, type Report } from '../../lib/toolforge/contract/report';
import { renderReport } from '../../lib/toolforge/contract/render-report';

const item = { source: 'x', runs: [] };
const run = { check: 'locale', tool: 'one', seconds: 0.25, findings: [] };
const report: Report = {
  contract: '0123456789abcdef',
  name: 'python311-sssd-web',
  image: 'registry.test/python311-sssd-web@sha256:0a',
  family: { kind: 'web', language: { python: '3.11' } },
  tools: ['one', 'two'],
  seconds: 46,
  passed: 1,
  failed: 1,
  notApplicable: 1,
  byCanary: 0,
  items: [
    { ...item, id: 'F1-01-name', number: 1, title: 'The name is <x>', result: 'not-applicable', reason: 'by another' },
    {
      ...item,
      id: 'F1-07-locale',
      number: 7,
      title: 'Locales',
      result: 'pass',
      runs: [
        { ...run, shape: 'job', result: 'pass' },
        { ...run, shape: 'job', tool: 'two', result: 'pass' },
        { ...run, shape: 'shell', result: 'pass' },
      ],
    },
    {
      ...item,
      id: 'F3-24-python',
      number: 24,
      title: '`python3`',
      result: 'fail',
      runs: [
        {
          ...run,
          shape: 'web',
          result: 'fail',
          findings: [{ where: 'python3 -V | *_x_', expected: 'Python 3.11.', got: '/bin/sh: `3` <no>' }],
        },
      ],
    },
  ],
};

test('a page with a row for each item, and one for each finding', () => {
  expect(renderReport(report)).toBe(`# The contract of python311-sssd-web

1 items passed, 1 failed, 1 do not apply.

|                 |                                    |
| --------------- | ---------------------------------- |
| image           | \`registry.test/python311-sssd-web\` |
| digest          | \`sha256:0a\`                        |
| family          | web, python 3.11                   |
| as the users of | one, two                           |
| contract        | \`0123456789abcdef\`                 |
| seconds         | 46                                 |

| item         | what holds       | result         | in pods    | seconds |
| ------------ | ---------------- | -------------- | ---------- | ------- |
| F1-01-name   | The name is \\<x> | does not apply | by another |         |
| F1-07-locale | Locales          | pass           | job, shell | 0.8     |
| F3-24-python | \`python3\`        | **fail**       | web        | 0.3     |

## What failed

| item         | pod        | where                 | expected     | got                  |
| ------------ | ---------- | --------------------- | ------------ | -------------------- |
| F3-24-python | web of one | python3 -V \\| \\*\\_x\\_ | Python 3.11. | /bin/sh: \\\`3\\\` \\<no> |
`);
});

test('a page says which items were tried of the canary, and of which image that is', () => {
  const [first, second] = report.items;
  const left = { ...second, runs: [], result: 'by-canary' } as typeof second;
  const canary = 'registry.test/python311-sssd-web@sha256:0b';
  const page = renderReport({ ...report, canary, byCanary: 1, items: [first, left].flatMap((each) => each ?? []) });
  expect(page).toContain('\n1 items passed, 1 failed, 1 passed by the canary, 1 do not apply.\n');
  expect(page).toMatch(/^\| canary +\| `registry.test\/python311-sssd-web@sha256:0b` \|$/m);
  expect(page).toMatch(/^\| F1-07-locale +\| Locales +\| by the canary +\| +\| +\|$/m);
});

test('a report without failures has no such section', () => {
  expect(renderReport({ ...report, items: report.items.slice(0, 2) })).not.toContain('What failed');
});

test('what is no report is refused by name', () => {
  expect(() => parseReport('{}')).toThrow(/this is no report of the contract: [^]*contract/);
  expect(parseReport(JSON.stringify(report))).toEqual(report);
  expect(parseReport(JSON.stringify({ ...report, family: { kind: 'base' } })).family).toEqual({ kind: 'base' });
  expect(() => parseReport('{"contract": ')).toThrow(
    /^this is no report of the contract, but 13 characters that are no JSON: .*Ask for it again$/,
  );
});
