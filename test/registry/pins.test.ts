import { parsePins, pinProblems } from '../../lib/registry/pins';
import { digest } from './fake-registry';

const pin = { digest: digest('1'), reason: 'uwsgi of the next one leaks', since: '2026-11-25' };

test('pins are images by name, each with its digest, why and since when', () => {
  expect(parsePins({ 'python311-sssd-web': pin })).toEqual({ 'python311-sssd-web': pin });
  expect(parsePins({})).toEqual({});
});

test.each<[string, unknown, string]>([
  ['a tag', { x: { ...pin, digest: 'latest' } }, 'x.digest: found "latest", expected sha256:<64 hex characters>'],
  [
    'a short digest',
    { x: { ...pin, digest: 'sha256:1234' } },
    'x.digest: found "sha256:1234", expected sha256:<64 hex characters>',
  ],
  ['no reason', { x: { ...pin, reason: ' ' } }, 'x.reason: found " ", expected a sentence that says why'],
  ['no date', { x: { ...pin, since: 'yesterday' } }, 'x.since: found "yesterday", expected a date, 2026-11-25'],
  ['a missing key', { x: { digest: pin.digest, reason: 'y' } }, 'x.since: found nothing, expected a date'],
  ['a key that is not known', { x: { ...pin, until: 'x' } }, 'x: there is no such key: until; known are digest, reason, since'],
  ['only a digest', { x: 'latest' }, 'x: found "latest", expected {"digest": "sha256:<64 hex characters>", "reason": '],
  ['a list', [], 'the file: found [], expected an object with the names of images'],
])('%s is refused with what is expected', (_, content, message) => {
  expect(() => parsePins(content)).toThrow(message);
});

test('a pin of an image that nobody declares is a problem', () => {
  expect(pinProblems({ 'python311-sssd-web': pin }, ['python311-sssd-web'])).toEqual([]);
  expect(pinProblems({ 'pyton311-sssd-web': pin }, ['python311-sssd-web'])).toEqual([
    "'pyton311-sssd-web' is pinned, and no declaration has an image of that name; correct or remove the pin. Declared are: python311-sssd-web",
  ]);
});
