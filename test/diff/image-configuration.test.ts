/** What a rebase carries over and what not: a change of either, as `npm run diff` says it. */
import { PromotionAccess } from '../../lib/registry/promotion-access';
import { describeSynthesis } from '../../lib/diff/described-object';
import { compareObjects } from '../../lib/diff/environment-difference';
import { ToolImage } from '../../lib/images/tool-image';
import { ToolImagePipeline } from '../../lib/images/tool-image-pipeline';
import { toolOf } from '../../lib/toolforge/tool';
import { type Changes, house, languageProps, locked, PYTHON } from '../buildpacks/house';

function described(changes: Changes = {}) {
  const { app, chart, making, builder } = house(changes);
  new ToolImage(chart, 'web', {
    pipeline: new ToolImagePipeline(chart, 'tool-image', {
      ...making,
      promotionAccess: new PromotionAccess(chart, 'promotion-access', 'builds'),
    }),
    tool: toolOf('tools', { name: 'tool', uid: 50001 }),
    builder,
    source: { url: 'https://git.test/tool', commit: 'a'.repeat(40) },
    parts: PYTHON,
  });
  return describeSynthesis(app.synthesize());
}
const effectOf = (changes: Changes): string | undefined =>
  compareObjects(described(), described(changes)).images.find(({ path }) => path.startsWith('chart/web'))?.effect;

test.each<[string, Changes, string]>([
  ["the stack's user, which a rebase would leave in the image", { language: { user: 2000 } }, 'rebuilt'],
  [
    'the version of a package',
    { language: { lock: { ...languageProps.lock, run: { ...languageProps.lock.run, ...locked(['make'], '2') } } } },
    'rebased',
  ],
  ['a file of the run image', { language: { files: { '/etc/x': '' } } }, 'rebased'],
])('%s', (_, changes, effect) => {
  expect(effectOf(changes)).toBe(effect);
});
