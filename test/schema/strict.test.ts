import { strictSchema } from '../../lib/schema/strict';

test('what a schema itself closes stays closed, with fields and without', () => {
  const closed = { type: 'object', additionalProperties: false } as const;
  const refer = (name: string): string => name;
  expect(strictSchema('a', closed, refer)).toEqual(closed);
  expect(strictSchema('a', { ...closed, properties: { b: closed } }, refer)).toEqual({ ...closed, properties: { b: closed } });
});
