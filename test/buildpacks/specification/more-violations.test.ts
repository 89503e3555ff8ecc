/** What breaks a rule in a second way. */
import { CHECKS } from './checks';
import { build, builder, buildpack, buildRun, composite, run, withPhase } from './right';

const python = { id: 'toolforge/python', version: '0.1.0' };

const { buildConfigProblems, builderProblems, buildImageProblems, buildpackProblems, buildRunProblems } = CHECKS;

test.each([
  ['a user without numbers', buildImageProblems({ ...build, user: 'cnb' }), "the build image's user is 'cnb'"],
  ['a user without a group', buildImageProblems({ ...build, user: '61312' }), "the build image's user is '61312'"],
  [
    'no version of the distribution',
    CHECKS.runImageProblems({ ...run, labels: { ...run.labels, 'io.buildpacks.base.distro.version': 'Bookworm (12)' } }),
    'label io.buildpacks.base.distro.version',
  ],
  [
    'another architecture',
    CHECKS.stackImagesProblems({ build, run: { ...run, target: { ...run.target, arch: 'arm64' } } }),
    "the run image's architecture is 'arm64'; expected that of the build image, 'amd64' (platform 0.15, \"Target Data\")",
  ],
  ['a run image without a user', CHECKS.stackImagesProblems({ build, run: { ...run, user: '' } }), "the run image's user is ''"],
  [
    'a variant where none is known',
    buildpackProblems({ ...buildpack, targets: [{ arch: '386', variant: 'v2' }] }),
    'expected no variant',
  ],
  ['an id with another character', buildpackProblems({ ...buildpack, id: 'toolforge_python' }), "is 'toolforge_python'"],
  ['an order and a program', buildpackProblems({ ...composite, programs: ['bin/build'] }), 'programs beside an order'],
  ['an order without groups', buildpackProblems({ ...composite, order: [] }), 'buildpack toolforge/web: order is []'],
  ['an empty group', builderProblems({ ...builder, order: [[]] }), 'order group 0 is []; expected at least one buildpack'],
  ['a group with one twice', builderProblems({ ...builder, order: [[python, python]] }), 'order group 0: repeated ids'],
  [
    'a group with a stranger',
    builderProblems({ ...builder, order: [[{ id: 'toolforge/ruby', version: '0.1.0' }]] }),
    "is 'toolforge/ruby@0.1.0'; expected buildpacks of the builder",
  ],
  [
    'a system buildpack twice',
    builderProblems({ ...builder, system: { pre: [python, python], post: [] } }),
    'builder python311: system.pre: repeated ids',
  ],
  [
    'a system buildpack of another version',
    builderProblems({ ...builder, system: { pre: [{ ...python, version: '9.0.0' }], post: [] } }),
    'expected a version that the builder has of it, 0.1.0 (platform 0.15, "system.toml (TOML)")',
  ],
  [
    'a buildpack for another system, which says nothing of targets',
    builderProblems({ ...builder, target: { os: 'freebsd', arch: 'amd64' } }).slice(0, 1),
    'expected one that fits the stack\'s, {"os":"freebsd"',
  ],
  ['a name that begins with a digit', buildConfigProblems([{ name: '1ST', value: '', action: 'default' }]), "is '1ST'"],
  [
    'two delimiters',
    buildConfigProblems([
      { name: 'FLAGS', value: '-O2', action: 'append', delimiter: ' ' },
      { name: 'FLAGS', value: '-g', action: 'prepend' },
    ]),
    'the delimiters of the build-config variable FLAGS is [" ",""]; expected one',
  ],
  ['a run image without a registry', CHECKS.runImageNameProblems([{ image: 'bookworm/run' }]), "is 'bookworm/run'"],
  [
    'a name of two run images',
    CHECKS.runImageNameProblems([{ image: 'one.test/run' }, { image: 'two.test/run', mirrors: ['one.test/run'] }]),
    'names of two run images is ["one.test/run"]; expected none',
  ],
  [
    'phases that speak two APIs',
    buildRunProblems(withPhase('exporter', { environment: { CNB_PLATFORM_API: '0.13' } })),
    'CNB_PLATFORM_API of the phases is ["0.15","0.13"]; expected one for all',
  ],
  [
    'an image by digest',
    buildRunProblems({ ...buildRun, images: [`registry.test/a@sha256:${'0'.repeat(64)}`] }),
    'an image that the exporter writes is',
  ],
  ['credentials beside the detector', buildRunProblems(withPhase('detector', { holdsCredentials: true })), 'beside the detector'],
])('%s', (_, problems, problem) => {
  expect(problems).toEqual([expect.stringContaining(problem)]);
});
