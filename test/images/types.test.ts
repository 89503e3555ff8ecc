/** What must not compile. `npm test` type-checks this file: an @ts-expect-error without an error fails it. */
import { PromotionAccess } from '../../lib/registry/promotion-access';
import { ToolImage } from '../../lib/images/tool-image';
import { ToolImagePipeline } from '../../lib/images/tool-image-pipeline';
import { toolOf } from '../../lib/toolforge/tool';
import { house, python, uwsgi } from '../buildpacks/house';

test('right declarations compile, wrong ones do not', () => {
  const { chart, making, builder } = house();
  const pipeline = new ToolImagePipeline(chart, 'tool-image', {
    ...making,
    promotionAccess: new PromotionAccess(chart, 'promotion-access', 'builds'),
  });
  const tool = toolOf('tools', { name: 'tool', uid: 50001 });
  const commit = 'a'.repeat(40);
  const url = 'https://git.test/tool';
  const props = { pipeline, tool, builder };
  new ToolImage(chart, 'right', { ...props, source: { url, commit }, parts: [python.with({ version: '3.11' })] });
  new ToolImage(chart, 'embedded', { ...props, source: { url: 'http://git.local:8080/tool', commit }, parts: [uwsgi] });

  const mustNotCompile = (): void => {
    // @ts-expect-error without a source
    new ToolImage(chart, 'a', { ...props });
    // @ts-expect-error a source without TLS, of another network
    new ToolImage(chart, 'b', { ...props, source: { url: 'http://git.test/tool', commit } });
    // @ts-expect-error a source by SSH
    new ToolImage(chart, 'c', { ...props, source: { url: 'ssh://git@git.test/tool', commit } });
    // @ts-expect-error a source without a commit
    new ToolImage(chart, 'd', { ...props, source: { url } });
    // @ts-expect-error a source by its branch
    new ToolImage(chart, 'e', { ...props, source: { url, branch: 'main' } });
    // @ts-expect-error a tool by its name
    new ToolImage(chart, 'f', { ...props, tool: 'tool', source: { url, commit } });
    // @ts-expect-error a part by its name
    new ToolImage(chart, 'g', { ...props, source: { url, commit }, parts: ['python'] });
    // @ts-expect-error a builder by its reference
    new ToolImage(chart, 'h', { ...props, builder: builder.image.reference, source: { url, commit } });
  };
  expect(mustNotCompile).toBeInstanceOf(Function);
});
