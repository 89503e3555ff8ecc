import { contentHash } from '../../lib/synth/content-hash';

test('the order of keys and undefined keys do not count, the order of lists does', () => {
  const hash = contentHash({ a: 1, b: { c: [1, 2], d: undefined } });
  expect(contentHash({ b: { c: [1, 2] }, a: 1 })).toBe(hash);
  expect(contentHash({ a: 1, b: { c: [2, 1] } })).not.toBe(hash);
});

test('it is SHA-256 over canonical JSON', () => {
  // printf '{"a":[null,"x"]}' | sha256sum
  expect(contentHash({ a: [null, 'x'] })).toBe('f27d708296650a944a29b0b65585c8dc688d9fb56b0a6f0e0324a5ddddc11965');
});
