import { join } from 'node:path';
import { ownImages } from '../../cli/chosen-images';
import { ownImageStatus, renderOwnImages } from '../../cli/own-image-status';
import { parseStandingImages, type StandingImage } from '../../cli/standing-images';
import { ToolImage } from '../../lib/images/tool-image';
import { readSettings } from '../../lib/settings/settings';

const images = ownImages('local', readSettings(join(__dirname, '../..'), 'local'));
const digest = (of: string): string => `sha256:${of.repeat(64)}`;
const there = (of: string, stands = true): StandingImage => ({ digest: digest(of), stands });
const none: StandingImage = { digest: '', stands: false };

/** @param declared - of the one at a commit */
const statuses = (asked: StandingImage, declared: StandingImage) =>
  images.map((each) =>
    ownImageStatus(
      each,
      new Map([[each.public, asked], ...(each instanceof ToolImage ? [[each.reference, declared] as const] : [])]),
    ),
  );

test('what is public, on the run image of its stack, and as declared is one line in total', () => {
  expect(renderOwnImages(statuses(there('a'), there('a')))).toBe(
    '2 of 2 images of tools are healthy: public, on the run image of their stack, as declared.',
  );
  expect(renderOwnImages([])).toBe('');
});

test('what is not public, and what stands elsewhere, has a line of its own', () => {
  expect(renderOwnImages(statuses(none, none))).toBe(`image of a tool      stack               declared  public     run image
tool-demo-two/hello  bookworm-perl536    not made  no latest  -
tool-demo-one/hello  bookworm-python311  a branch  no latest  -
0 of 2 images of tools are healthy: public, on the run image of their stack, as declared.`);
  const lines = renderOwnImages(statuses(there('a', false), there('b'))).split('\n');
  expect(lines.slice(1, 3)).toEqual([
    'tool-demo-two/hello  bookworm-perl536    bbbbbbbbbbbb  aaaaaaaaaaaa  another',
    'tool-demo-one/hello  bookworm-python311  a branch      aaaaaaaaaaaa  another',
  ]);
});

test('of one at a commit another digest is not what is declared, though it stands where it should', () => {
  const [atCommit, ofBranch] = statuses(there('a'), there('b'));
  expect(atCommit).toMatchObject({ isHealthy: false, isOnRunImage: true, declared: { digest: digest('b') } });
  expect(ofBranch).toMatchObject({ isHealthy: true, isOnRunImage: true, declared: null });
});

test('what the registry says is read strictly', () => {
  expect(parseStandingImages(`{"image":"r/a:latest","digest":"","stands":false}\n`)).toEqual(new Map([['r/a:latest', none]]));
  expect(() => parseStandingImages('{"image":"r/a:latest"}')).toThrow();
});
