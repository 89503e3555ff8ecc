import { packedSize } from '../../../lib/buildpacks/layers/packed-size';

test('a package takes half as much again in a layer as its file has', () => {
  expect(packedSize('libssl3', 2_000_000)).toBe(3_000_000);
});

test('and more where much in it is the same', () => {
  expect(packedSize('locales-all', 10_000_000)).toBe(50_000_000);
});
