import { load } from 'js-yaml';
import { Yaml } from 'cdk8s';
import { EnvironmentApp } from '../../lib/synth/app';
import { EnvironmentChart } from '../../lib/synth/chart';
import { ImageConfig, type ImageCatalogue } from '../../lib/toolforge/image-config';

const image = (name: string) => ({ public: `registry.example:5000/toolforge-${name}:latest` });
const catalogue = {
  'python3.11': {
    state: 'stable',
    aliases: ['tf-python311', 'toolforge-python311-sssd-base'],
    jobs: image('python311-sssd-base'),
    webservice: { image: image('python311-sssd-web'), type: 'python' },
  },
  jdk17: {
    state: 'deprecated',
    jobs: image('jdk17-sssd-base'),
    webservice: { image: image('jdk17-sssd-web'), type: 'generic', resources: 'jdk' },
  },
  mariadb: { state: 'stable', jobs: image('mariadb-sssd-base') },
} as const satisfies ImageCatalogue;

function declare(given: ImageCatalogue) {
  const app = new EnvironmentApp('test');
  new ImageConfig(new EnvironmentChart(app, 'chart'), 'images', { catalogue: given });
  return app.synthesize().objects[0]?.manifest;
}

test('the object that webservice and jobs read, as YAML', () => {
  expect(`\n${Yaml.stringify(declare(catalogue))}`).toMatchSnapshot();
});

test('what is in it is YAML with what the commands look up', () => {
  const types = load((declare(catalogue)?.['data'] as Record<string, string>)['images-v1.yaml'] ?? '');
  expect(types).toMatchObject({
    'python3.11': {
      image: 'registry.example:5000/toolforge-python311-sssd-web',
      variants: {
        'jobs-framework': { image: 'registry.example:5000/toolforge-python311-sssd-base' },
        webservice: { image: 'registry.example:5000/toolforge-python311-sssd-web', extra: { wstype: 'python' } },
      },
    },
    mariadb: { image: 'registry.example:5000/toolforge-mariadb-sssd-base', aliases: [] },
  });
  expect(types).not.toHaveProperty(['mariadb', 'variants', 'webservice']);
});

test('two types can share an image', () => {
  expect(() => declare({ a: { state: 'stable', jobs: image('x') }, b: { state: 'deprecated', jobs: image('x') } })).not.toThrow();
});

test.each<[string, ImageCatalogue, string]>([
  [
    'an alias of two types',
    { a: { state: 'stable', aliases: ['x'], jobs: image('a') }, b: { state: 'stable', aliases: ['x'], jobs: image('b') } },
    "chart/images (test/toolforge/image-config.test.ts): 'x' is an alias of 'a' and an alias of 'b'; a name has to stand for one type",
  ],
  [
    'an alias that is a type',
    { a: { state: 'stable', aliases: ['b'], jobs: image('a') }, b: { state: 'stable', jobs: image('b') } },
    "chart/images (test/toolforge/image-config.test.ts): 'b' is an alias of 'a' and the type 'b'",
  ],
  [
    'an alias that is its own type',
    { a: { state: 'stable', aliases: ['a'], jobs: image('a') } },
    "chart/images (test/toolforge/image-config.test.ts): 'a' is the type 'a' and an alias of 'a'",
  ],
  [
    'another tag',
    { a: { state: 'stable', jobs: { public: 'registry.example/x:testing' } } },
    "chart/images (test/toolforge/image-config.test.ts): the type 'a' has the image 'registry.example/x:testing'; expected is <registry>/<repository>:latest",
  ],
])('refuses %s', (_, given, message) => {
  expect(() => declare(given)).toThrow(message);
});

test('says all that is wrong at once', () => {
  const wrong = { a: { state: 'stable', aliases: ['a'], jobs: { public: 'x' } } } as const;
  expect(() => declare(wrong)).toThrow(/an alias of 'a'[^]*has the image 'x'/);
});
