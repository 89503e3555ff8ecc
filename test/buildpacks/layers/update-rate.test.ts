import { updateRate } from '../../../lib/buildpacks/layers/update-rate';

test('updates a year since the release, those of a day once', () => {
  expect(updateRate(['2024-03-01', '2024-03-01', '2025-01-01', '2026-01-01'], 'bookworm', '2026-06-10')).toBe(1);
  expect(updateRate([], 'bookworm', '2026-06-10')).toBe(0);
});

test('of a release of this week, no update is a hundred a year', () => {
  expect(updateRate(['2025-08-11'], 'trixie', '2025-08-12')).toBe(4);
});
