import { PromotionAccess } from '../../lib/registry/promotion-access';
import { Construct } from 'constructs';
import { ToolImage } from '../../lib/images/tool-image';
import { ToolImagePipeline } from '../../lib/images/tool-image-pipeline';
import { claimPublicName } from '../../lib/images/public-names';
import { toolOf } from '../../lib/toolforge/tool';
import { buildpack, BUILDPACKS, house, PYTHON } from '../buildpacks/house';

const TAG = 'registry.test/toolforge-x:latest';

test('a public tag is of one image of a tree, and another tree is its own', () => {
  const [tree, other] = [house(), house()];
  const [first, second] = ['a', 'b'].map((id) => new Construct(tree.chart, id)) as [Construct, Construct];
  expect(claimPublicName(first, TAG)()).toEqual([]);
  expect(claimPublicName(second, TAG)()).toEqual([`${TAG} is the public tag of chart/a already; give one of the two another id`]);
  expect(claimPublicName(second, 'registry.test/toolforge-y:latest')()).toEqual([]);
  expect(claimPublicName(other.chart, TAG)()).toEqual([]);
});

test('two images of one name, with other parts, are said at synth', () => {
  const { app, chart, making, builder } = house({ buildpacks: [...BUILDPACKS, buildpack('procfile')] });
  const pipeline = new ToolImagePipeline(chart, 'tool-image', {
    ...making,
    promotionAccess: new PromotionAccess(chart, 'promotion-access', 'builds'),
  });
  const tool = toolOf('tools', { name: 'tool', uid: 50001 });
  const source = { url: 'https://git.test/tool', commit: 'a'.repeat(40) } as const;
  new ToolImage(chart, 'web', { pipeline, tool, builder, source, parts: [] });
  const elsewhere = new Construct(chart, 'elsewhere');
  new ToolImage(elsewhere, 'web', { pipeline, tool, builder, source, parts: PYTHON });
  expect(() => app.synthesize()).toThrow(
    'chart/elsewhere/web (test/buildpacks/house.ts): registry.test/tool-tool/web:latest is the public tag of chart/web already',
  );
});
