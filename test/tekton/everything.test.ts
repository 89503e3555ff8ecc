import { dump } from 'js-yaml';
import { everything } from './everything';

test('a task, a pipeline and a run with everything', () => {
  expect(
    everything()
      .map((each) => dump(each, { lineWidth: -1, noRefs: true }))
      .join('---\n'),
  ).toMatchSnapshot();
});
