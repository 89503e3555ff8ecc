import { fleetPage } from '../../../bench/fleet/page';

const page = fleetPage({
  date: '2026-11-27',
  machine: '2 processors',
  taskRuns: { images: 20, seconds: 60 },
  measured: [
    { layers: 48, changed: 3, images: 1000, ours: 20, again: 6, loop: 80, eight: 50, pack: 70, packEight: 40 },
    { layers: 48, changed: 3, images: 3500, ours: 50, again: 9 },
  ],
});

test('the page says which target holds', () => {
  expect(page).toContain('| 1,000 images, run image of 48 | 25 s | 20 s | holds |');
  expect(page).toContain('| 3,500 images, run image of 48 | 60 s | 50 s | holds |');
  expect(page).toContain('| 1,000 again, run image of 48 | 5.0 s | 6.0 s | **does not hold** |');
});

test('a pod an image is extrapolated, and said so', () => {
  expect(page).toMatch(
    /20 TaskRuns [^]* took 60 s, 3\.0 s an image, [^]* 1,000 would take\s+50 minutes \(extrapolated, not measured\)/,
  );
});

test('ratios are of what was measured side by side', () => {
  expect(page).toContain('| 1,000 | 3 of 48 layers | 20 s | 6.0 s | 80 s | 50 s | 70 s | 40 s | 4.0 | 2.0 |');
  expect(page).toContain('| 3,500 | 3 of 48 layers | 50 s | 9.0 s | – | – | – | – | – | – |');
});
