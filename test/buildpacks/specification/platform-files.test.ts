import { parse } from 'smol-toml';
import {
  buildConfigFiles,
  builderMetadataLabel,
  orderLabel,
  orderToml,
  runToml,
  systemToml,
} from '../../../lib/buildpacks/specification/platform-files';

const order = [
  [
    { id: 'toolforge/python', version: '0.1.0', optional: true },
    { id: 'toolforge/platform-image', version: '0.1.0', optional: false },
  ],
];

test('order.toml says what is optional, and nothing of what is not', () => {
  expect(orderToml(order)).toBe(
    [
      '[[order]]\n[[order.group]]',
      'id = "toolforge/python"\nversion = "0.1.0"\noptional = true\n\n[[order.group]]',
      'id = "toolforge/platform-image"\nversion = "0.1.0"\n',
    ].join('\n'),
  );
});

test('run.toml has mirrors only where there are some', () => {
  const images = [{ image: 'registry.test/bookworm', mirrors: ['mirror.test/bookworm'] }, { image: 'registry.test/trixie' }];
  expect(parse(runToml(images))).toEqual({ images });
  expect(parse(runToml([{ image: 'registry.test/trixie', mirrors: [] }]))).toEqual({
    images: [{ image: 'registry.test/trixie' }],
  });
});

test('system.toml has the two lists that the lifecycle reads, and is not there for none', () => {
  const one = { id: 'toolforge/certificates', version: '0.1.0' };
  expect(parse(systemToml({ pre: [one], post: [one] }) ?? '')).toEqual({
    system: { pre: { buildpacks: [one] }, post: { buildpacks: [one] } },
  });
  expect(parse(systemToml({ pre: [], post: [one] }) ?? '')).toEqual({ system: { post: { buildpacks: [one] } } });
  expect(systemToml({ pre: [], post: [] })).toBeUndefined();
});

test('build-config has a file for each variable and action, and one for a delimiter', () => {
  expect(
    buildConfigFiles([
      { name: 'FLAGS', value: '-O2', action: 'append', delimiter: ' ' },
      { name: 'FLAGS', value: '-g', action: 'prepend', delimiter: ' ' },
      { name: 'EDITOR', value: 'vim', action: 'default' },
      { name: 'LANG', value: 'C', action: 'override' },
      { name: 'SUFFIX', value: '.old', action: 'append' },
    ]),
  ).toEqual([
    { name: 'EDITOR.default', content: 'vim' },
    { name: 'FLAGS.append', content: '-O2' },
    { name: 'FLAGS.delim', content: ' ' },
    { name: 'FLAGS.prepend', content: '-g' },
    { name: 'LANG.override', content: 'C' },
    { name: 'SUFFIX.append', content: '.old' },
  ]);
});

test('the labels are what other tools read of a builder', () => {
  const buildpacks = [{ id: 'toolforge/python', version: '0.1.0', api: '0.12', programs: [] }];
  const runImages = [{ image: 'registry.test/bookworm', mirrors: ['mirror.test/bookworm'] }];
  expect(JSON.parse(builderMetadataLabel({ name: 'python311', buildpacks, runImages }))).toEqual({
    description: 'Toolforge platform images: python311',
    buildpacks: [{ id: 'toolforge/python', version: '0.1.0' }],
    images: runImages,
    createdBy: { name: 'cloud-services-buildpacks', version: '' },
  });
  expect(JSON.parse(orderLabel(order))).toEqual([
    {
      group: [
        { id: 'toolforge/python', version: '0.1.0', optional: true },
        { id: 'toolforge/platform-image', version: '0.1.0' },
      ],
    },
  ]);
});
