import type { RunningTool } from '../../../local/demo/demo';
import { type PublicImage, renderImages, renderTools } from '../../../local/demo/render-end';

const digest = `sha256:${'a'.repeat(64)}`;
const image = (name: string, given: Partial<PublicImage> = {}): PublicImage => ({
  reference: `registry.local:5000/toolforge-${name}:latest`,
  image: { digest, layers: 12, megabytes: 118 },
  contract: { passed: 26, failed: 0, notApplicable: 2 },
  ...given,
});
const widest = (text: string): number => Math.max(...text.split('\n').map(({ length }) => length));

test('an image is a line', () => {
  const text = renderImages([
    image('python311-sssd-web'),
    image('node18-sssd-base', { contract: { passed: 20, failed: 1, notApplicable: 7 } }),
    image('php82-sssd-web', { contract: undefined }),
    image('tcl86-sssd-web', { image: undefined }),
  ]);
  expect(text.split('\n')).toEqual([
    'toolforge-python311-sssd-web  aaaaaaaaaaaa  12 layers, 118 MB  26 items passed',
    'toolforge-node18-sssd-base    aaaaaaaaaaaa  12 layers, 118 MB  1 of 21 FAILED',
    'toolforge-php82-sssd-web      aaaaaaaaaaaa  12 layers, 118 MB  no contract',
    'toolforge-tcl86-sssd-web      -             not there',
  ]);
  expect(widest(renderImages([image('bullseye-standalone'), image('python311-sssd-base')]))).toBeLessThanOrEqual(80);
});

test('a tool is a line with who answers where, and one with what', () => {
  const tool = {
    webservice: { tool: { name: 'demo-one' }, image: image('python311-sssd-web').reference, url: 'http://10.96.131.204:8000' },
    answer: { python: '3.11.2', prefix: '/data/project/demo-one/www/python/venv', uid: 50001, user: 'tools.demo-one' },
  } as unknown as RunningTool;
  const text = renderTools([tool]);
  expect(text.split('\n')).toEqual([
    'demo-one  http://10.96.131.204:8000  as tools.demo-one (50001)',
    '  toolforge-python311-sssd-web: Python 3.11.2',
    '  from /data/project/demo-one/www/python/venv',
  ]);
  expect(widest(text)).toBeLessThanOrEqual(80);
});
