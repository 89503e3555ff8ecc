import { Duration } from 'cdk8s';
import { goDuration } from '../../lib/tekton/duration';

test.each([
  [Duration.hours(1), '1h0m0s'],
  [Duration.minutes(90), '1h30m0s'],
  [Duration.minutes(5), '5m0s'],
  [Duration.seconds(45), '45s'],
  [Duration.days(2), '48h0m0s'],
  [Duration.millis(1500), '1.5s'],
  [Duration.millis(500), '500ms'],
  [Duration.seconds(0), '0s'],
])('%p is written as the API server writes it', (duration, text) => {
  expect(goDuration(duration)).toBe(text);
});
