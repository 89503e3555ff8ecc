/** For each requirement that is checked, what breaks it and nothing else, and what the problem begins with. */
import type { CHECKS } from './checks';
import type { CheckedRequirement, REQUIREMENTS } from './requirements';
import { build, builder, buildpack, buildRun, composite, run, withPhase } from './right';

type CheckOf<Id extends CheckedRequirement> = (typeof CHECKS)[(typeof REQUIREMENTS)[Id]['held']['check']];
type Violations = { readonly [Id in CheckedRequirement]: readonly [broken: Parameters<CheckOf<Id>>[0], problem: string] };

const python = { id: 'toolforge/python', version: '0.1.0' };
const certificates = { id: 'toolforge/certificates', version: '0.1.0' };
const elsewhere = { ...run.target, distro: { name: 'debian', version: '13' } };

export const VIOLATIONS: Violations = {
  'build-user': [
    { ...build, user: '0:61312', environment: { ...build.environment, CNB_USER_ID: '0' } },
    "the build image's user is '0:61312'; expected uid:gid in digits, the uid not 0",
  ],
  'build-uid': [
    { ...build, environment: { ...build.environment, CNB_USER_ID: '1000' } },
    "the build image's CNB_USER_ID is '1000'; expected its uid, 61312",
  ],
  'build-gid': [
    { ...build, environment: { PATH: '', CNB_USER_ID: '61312' } },
    "the build image's CNB_GROUP_ID is missing; expected its primary gid, 61312",
  ],
  'build-path': [{ ...build, environment: { CNB_USER_ID: '61312', CNB_GROUP_ID: '61312' } }, "the build image's PATH is missing"],
  'build-labels': [
    { ...build, labels: { ...build.labels, 'io.buildpacks.base.maintainer': '' } },
    "the build image's label io.buildpacks.base.maintainer is ''",
  ],
  'run-path': [{ ...run, environment: { PATH: 'bin:/usr/bin' } }, "the run image's PATH is 'bin:/usr/bin'"],
  'run-user': [{ build, run: { ...run, user: build.user } }, "the run image's user is '61312:61312'; expected another uid"],
  'run-labels': [
    { ...run, labels: { ...run.labels, 'io.buildpacks.base.description': '' } },
    "the run image's label io.buildpacks.base.description is ''",
  ],
  'run-rebasable': [
    { ...run, labels: { ...run.labels, 'io.buildpacks.rebasable': 'false' } },
    "the run image's label io.buildpacks.rebasable is 'false'; expected 'true'",
  ],
  'target-id': [
    { ...run, labels: { ...run.labels, 'io.buildpacks.base.id': 'org.toolforge.book_worm' } },
    "the run image's label io.buildpacks.base.id is 'org.toolforge.book_worm'",
  ],
  'target-id-reversed': [
    { ...run, labels: { ...run.labels, 'io.buildpacks.base.id': 'bookworm' } },
    "the run image's label io.buildpacks.base.id is 'bookworm'",
  ],
  'target-id-unique': [
    ['org.toolforge.bookworm', 'org.toolforge.Bookworm'],
    "the target id of two run images is 'org.toolforge.Bookworm'",
  ],
  'target-os': [
    { ...build, target: { ...build.target, arch: 'x86_64' } },
    "the build image's arch is 'x86_64'; expected one of 386, amd64",
  ],
  'target-variant': [
    { ...run, target: { ...run.target, variant: 'v9' } },
    "the run image's variant is 'v9'; expected one of v1, v2, v3, v4",
  ],
  'target-same': [
    { build, run: { ...run, target: elsewhere } },
    "the run image's version of the distribution is '13'; expected that of the build image, '12'",
  ],
  'target-distro': [
    { ...run, target: elsewhere },
    "the run image's label io.buildpacks.base.distro.version is '12'; expected what its /etc/os-release says, '13'",
  ],
  'order-not-empty': [{ ...builder, order: [] }, 'builder python311: order is []; expected at least one group'],
  'order-entries': [
    { ...builder, order: [[{ ...python, version: '0.2.0' }]] },
    "builder python311: order group 0 is 'toolforge/python@0.2.0'; expected a version that the builder has of it, 0.1.0",
  ],
  'order-resolvable': [
    { ...builder, order: [[{ ...python, optional: true }]] },
    'builder python311: order group 0, where all are optional is ["toolforge/python"]; expected one that is not',
  ],
  'system-entries': [
    { ...builder, system: { pre: [], post: [{ id: 'toolforge/absent', version: '0.1.0' }] } },
    "builder python311: system.post is 'toolforge/absent@0.1.0'; expected buildpacks of the builder",
  ],
  'system-optional': [
    { ...builder, system: { pre: [{ ...certificates, optional: true }], post: [] } },
    'builder python311: system.pre: optional of toolforge/certificates is true; expected false',
  ],
  'run-names': [[{ image: `registry.test/run@sha256:${'a'.repeat(64)}` }], 'a name of the run image registry.test/run@sha256'],
  'run-registries': [
    [{ image: 'registry.test/run', mirrors: ['registry.test/mirrors/run'] }],
    'registries that have the run image registry.test/run under two names is ["registry.test"]',
  ],
  'buildpack-id': [{ ...buildpack, id: 'sbom' }, "the id of buildpack sbom is 'sbom'; expected letters"],
  'buildpack-id-unique': [
    { ...builder, buildpacks: [...builder.buildpacks, { ...buildpack, id: 'toolforge/Python' }] },
    'builder python311: ids that differ from another only in case is ["toolforge/Python"]',
  ],
  'buildpack-version': [
    { ...buildpack, version: '0.01.0' },
    "the version of buildpack toolforge/python is '0.01.0'; expected three numbers",
  ],
  'buildpack-sbom': [
    { ...buildpack, sbomFormats: ['text/plain'] },
    "buildpack toolforge/python: an entry of sbom-formats is 'text/plain'",
  ],
  'buildpack-api': [{ ...buildpack, api: 'v0.12' }, "buildpack toolforge/python: api is 'v0.12'"],
  'buildpack-api-spoken': [
    { ...builder, buildpacks: builder.buildpacks.map((each) => (each.id === python.id ? { ...each, api: '1' } : each)) },
    "builder python311: the API of buildpack toolforge/python is '1'; expected one that the lifecycle 0.21.0 speaks, 0.11, 0.12",
  ],
  'buildpack-programs': [
    { ...buildpack, programs: ['bin/detect'] },
    'buildpack toolforge/python: bin/build is missing; expected an executable file',
  ],
  'buildpack-order': [
    { ...composite, order: [[{ id: 'toolforge/python', version: 'latest' }]] },
    "the version of buildpack toolforge/web's entry toolforge/python is 'latest'",
  ],
  'buildpack-stacks': [{ ...composite, stacks: ['*'] }, 'buildpack toolforge/web: stacks beside an order is ["*"]'],
  'buildpack-targets': [
    { ...buildpack, targets: [{ os: 'debian' }] },
    "buildpack toolforge/python: target 0's os is 'debian'; expected one of linux",
  ],
  'buildpack-targets-fit': [
    { ...builder, target: elsewhere },
    'builder python311: the targets of buildpack toolforge/python is [{"os":"linux"',
  ],
  'buildpacks-layout': [
    { ...builder, buildpacks: [...builder.buildpacks, buildpack] },
    'builder python311: buildpacks that are there twice is ["toolforge/python@0.1.0"]; expected none',
  ],
  'api-set': [withPhase('restorer', { environment: {} }), "the restorer's CNB_PLATFORM_API is missing"],
  'api-spoken': [
    { ...builder, platformApi: '0.13' },
    "builder python311: the platform API is '0.13'; expected one that the lifecycle 0.21.0 speaks, 0.14, 0.15",
  ],
  'phases-in-order': [
    { ...buildRun, phases: buildRun.phases.filter(({ phase }) => phase !== 'analyzer') },
    'the phases of a build is ["detector","restorer","builder","exporter"]; expected analyzer, detector, restorer',
  ],
  'detector-in-builder': [withPhase('detector', { inBuilder: false }), 'the detector in the builder is false'],
  'builder-in-builder': [withPhase('builder', { uid: 0 }), "the builder's uid is 0; expected the build image's user, 61312"],
  'exec-env-name': [
    withPhase('builder', { environment: { CNB_PLATFORM_API: '0.15', CNB_EXEC_ENV: 'test/unit' } }),
    "the builder's CNB_EXEC_ENV is 'test/unit'",
  ],
  'analyzer-run-image': [[], 'the run images of a builder is []; expected at least one'],
  'exporter-tags': [{ ...buildRun, images: [] }, 'the images that the exporter writes is []; expected one or more'],
  'exporter-one-registry': [
    { ...buildRun, images: ['registry.test/a:1', 'mirror.test/a:1'] },
    'the images that the exporter writes is ["registry.test/a:1","mirror.test/a:1"]',
  ],
  'no-credentials': [
    withPhase('builder', { holdsCredentials: true }),
    'credentials of a registry beside the builder is true; expected none',
  ],
  'operator-environment': [
    [
      { name: 'EDITOR', value: 'vim', action: 'default' },
      { name: 'EDITOR', value: 'nano', action: 'default' },
    ],
    'build-config variables that are set twice in one way is ["EDITOR.default"]',
  ],
  'operator-environment-names': [
    [{ name: 'FLAGS.append', value: '-O2', action: 'override' }],
    "the name of a build-config variable is 'FLAGS.append'",
  ],
  'reserved-prefix': [
    [{ name: 'CNB_EXEC_ENV', value: 'test', action: 'override' }],
    "the name of a build-config variable is 'CNB_EXEC_ENV'; expected another prefix than CNB_",
  ],
};
