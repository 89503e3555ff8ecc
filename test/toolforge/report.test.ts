import { contractVersion } from '../../lib/toolforge/contract/contract';
import type { ImageKind } from '../../lib/toolforge/contract/item';
import { reportSummary } from '../../lib/toolforge/contract/report';
import { CONTRACTS } from '../../languages/contracts';

const kinds: readonly ImageKind[] = [
  { kind: 'base' },
  { kind: 'base', bare: true, language: { standalone: '11' } },
  { kind: 'web', language: { python: '3.11' } },
];

test.each(kinds)('a report says of %j what was tried, so that its contract is the declared one', (kind) => {
  const summary = { contract: 'c', family: kind, seconds: 1, passed: 1, failed: 0, notApplicable: 0 };
  const { family } = reportSummary.parse(JSON.parse(JSON.stringify(summary)));
  expect(family).toEqual(kind);
  expect(contractVersion(family, CONTRACTS)).toBe(contractVersion(kind, CONTRACTS));
});

test('a report with a word about the image that nobody knows here is refused', () => {
  const summary = { contract: 'c', family: { kind: 'base', strange: true }, seconds: 1, passed: 1, failed: 0, notApplicable: 0 };
  expect(() => reportSummary.parse(summary)).toThrow('strange');
});
