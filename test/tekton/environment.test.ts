import { renderEnvironment } from '../../lib/tekton/environment';

test('an empty text is written as the API server keeps it, so that nothing differs for ever', () => {
  expect(renderEnvironment({ EMPTY: '', WHO: 'a' })).toEqual([{ name: 'EMPTY' }, { name: 'WHO', value: 'a' }]);
});
