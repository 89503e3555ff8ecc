import { environmentOf } from '../../../local/components/component';

const GIB = 2 ** 30;

test.each([
  [24, { GOGC: '400' }],
  [12, { GOGC: '400' }],
  [4, {}],
])('on a machine of %i GiB, programs keep garbage only where there is room for it', (gib, environment) => {
  expect(environmentOf(gib * GIB)).toEqual(environment);
});
