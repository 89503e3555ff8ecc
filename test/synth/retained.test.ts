import { isRetained, RETAIN_ON_DELETE } from '../../lib/synth/retained';

const manifest = (annotations?: Readonly<Record<string, string>>) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'x', ...(annotations && { annotations }) },
});

test('an object is retained when it says so, and only then', () => {
  expect(isRetained(manifest(RETAIN_ON_DELETE))).toBe(true);
  expect(isRetained(manifest())).toBe(false);
  expect(isRetained(manifest({ other: 'retain' }))).toBe(false);
});
