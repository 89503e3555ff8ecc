import { mediaTypes } from '../../../languages/lighttpd/media-types';
import { lighttpdRunner } from '../../../languages/lighttpd/runner';

const types = new Map(mediaTypes());

test('a suffix has one type: lighttpd ends where it is told of one twice', () => {
  expect(types.size).toBe(mediaTypes().length);
  expect(types.size).toBe(542);
});

test.each([
  ['.html', 'text/html'],
  ['.txt', 'text/plain; charset=utf-8'],
  ['.js', 'application/javascript; charset=utf-8'],
  ['.json', 'application/json; charset=utf-8'],
  ['.xml', 'application/xml'],
  ['.svg', 'image/svg+xml'],
  ['.tar.gz', 'application/x-gtar-compressed'],
  ['.ts', 'video/MP2T'],
  ['.otf', 'font/ttf'],
  ['README', 'text/plain; charset=utf-8'],
])('%s is %s', (suffix, type) => {
  expect(types.get(suffix)).toBe(type);
  expect(lighttpdRunner).toContain(`\n  "${suffix}" => "${type}",\n`);
});

test.each(['.webp', '.woff2', '.mjs', '.wasm', '.avif'])('%s has none, so that a tool can add it', (suffix) => {
  expect(types.has(suffix)).toBe(false);
});
