import { attemptOf, nextAttempts, parseAttempts, parseRunName } from '../../lib/deploy/attempts';

const run = { apiVersion: 'tekton.dev/v1', kind: 'PipelineRun', metadata: { name: 'bookworm-base-aced1081ae-1' } };

test('a run name is a run and an attempt', () => {
  expect(parseRunName('bookworm-base-aced1081ae-12')).toEqual({ run: 'bookworm-base-aced1081ae', attempt: 12 });
  expect(parseRunName('bookworm-base')).toBeUndefined();
});

test('the wanted attempt is deployed, any other run keeps its own', () => {
  const attempts = parseAttempts('bookworm-base-aced1081ae=3,other-0123456789=2');
  expect(attemptOf(run.metadata.name, attempts).rename(run).metadata.name).toBe('bookworm-base-aced1081ae-3');
  expect(attemptOf('else-0123456789-1', attempts)).toMatchObject({ wanted: false });
});

test.each(['x', 'x=', 'x=0', 'x=1;y=2'])('%s is refused', (value) => {
  expect(() => parseAttempts(value)).toThrow('is not <run>=<attempt>');
});

test('the next attempts are those after the highest, and are read as they are written', () => {
  const latest = [
    { run: 'a-0123456789', attempt: 0 },
    { run: 'b-0123456789', attempt: 1 },
    { run: 'a-0123456789', attempt: 2 },
  ];
  expect(nextAttempts(latest)).toBe('a-0123456789=3,b-0123456789=2');
  expect([...parseAttempts(nextAttempts(latest))]).toEqual([
    ['a-0123456789', 3],
    ['b-0123456789', 2],
  ]);
  expect(nextAttempts([])).toBe('');
});
