import { pullsBeside } from '../../../bench/layers/pulls';
import { layersIn, type StyledImage, stylesOf } from '../../../bench/layers/styles';

/** An image with these layers of 1, 2, 4, ... bytes, in all styles. */
function image(name: string, distro: string, layers: Readonly<Record<string, number>>): StyledImage {
  const stored = Object.entries(layers).map(([digest, size]) => ({ digest, size, what: '' }));
  return { name, distro, layers: { umoci: stored, docker: stored, ours: stored } };
}

const images = [
  image('python', 'bookworm', { base: 1, devel: 2, python: 4 }),
  image('perl', 'bookworm', { base: 1, devel: 2, perl: 8 }),
  image('php', 'bookworm', { base: 1, php: 16 }),
  image('old', 'bullseye', { older: 32 }),
];

test('a pull is of the layers that another image of the same distro has not brought', () => {
  const { mean, worst, pairs } = pullsBeside(images, 'ours');
  expect(pairs).toBe(6);
  // python 4 and 6, perl 8 and 10, php 16 and 16
  expect(mean).toBe(10);
  expect(worst.bytes).toBe(16);
  expect(worst.pulled).toBe('php');
});

test('no pull can be said of distros with one image each', () => {
  expect(() => pullsBeside(images.slice(2), 'ours')).toThrow('no two of 2 images are of one distro');
});

test('a style that one of the images lacks is no column', () => {
  const [first, ...others] = images;
  if (first === undefined) throw new Error('there are four');
  const one = { ...first, layers: { ...first.layers, before: first.layers.ours } };
  expect(stylesOf([one])).toEqual(['umoci', 'docker', 'before', 'ours']);
  expect(stylesOf([one, ...others])).toEqual(['umoci', 'docker', 'ours']);
  expect(() => layersIn(first, 'before')).toThrow("python was not looked at in the style 'ours of before'");
});
