/** Tools' own images: repositories of two languages, from the platform's git server, built by the phases of platform images and run as their tools. */
import { layersOf } from '../rebase/registry-content';
import { ToolUnderTest } from './demo-tools';

const cases = [
  { tool: new ToolUnderTest('demo-one', 50001), language: 'Python 3.11', stands: 'toolforge-python311-sssd-web' },
  { tool: new ToolUnderTest('demo-two', 50002), language: 'Perl 5.36', stands: 'toolforge-perl536-sssd-web' },
];

describe.each(cases)('$tool.name', ({ tool, language, stands }) => {
  afterAll(() => {
    tool.removePod('own-image');
  });

  test('is served by its own image, by the process `web` of its Procfile, as its own user', async () => {
    const address = tool.startServer('own-image', { image: `tool-${tool.name}/hello`, home: `/data/project/${tool.name}` });
    const response = await fetch(`http://${address}:8000/`);
    expect(await response.json()).toMatchObject({ says: 'hello', language, uid: tool.uid, user: `tools.${tool.name}` });
  });

  test('has no layers beside those of the platform image but the application and what says how to start it', async () => {
    const known = new Set((await layersOf(stands, 'latest')).map(({ digest }) => digest));
    const own = (await layersOf(`tool-${tool.name}/hello`, 'latest')).filter(({ digest }) => !known.has(digest));
    expect(own.map(({ what }) => what)).toEqual([
      'Software Bill-of-Materials',
      'Application Layer',
      'Buildpacks Launcher Config',
      'Buildpacks Process Types',
    ]);
    expect(own.reduce((sum, { size }) => sum + size, 0)).toBeLessThan(10_000);
  });
});
