import { isDefect, lastWords } from '../../lib/synth/last-words';

test('a refusal is its words', () => {
  expect(lastWords(new Error('a: expected b\n  - c'))).toBe('a: expected b\n  - c');
});

test.each([new TypeError('x is undefined'), new RangeError('too deep'), new SyntaxError('in JSON'), 'a text', undefined])(
  'a defect is said to be one: %s',
  (thrown) => {
    expect(isDefect(thrown)).toBe(true);
    expect(lastWords(thrown)).toContain('This is a defect of the program');
  },
);

test('a defect shows where it was', () => {
  expect(lastWords(new TypeError('x'))).toMatch(/^TypeError: x\n +at .*last-words\.test\.ts/);
});

test('of several failures that have no words of their own, each is said', () => {
  expect(lastWords(new AggregateError([new Error('connect ::1'), new Error('connect 127.0.0.1')]))).toBe(
    'connect ::1\nconnect 127.0.0.1',
  );
});
