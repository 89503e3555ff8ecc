/** Declarations that break no rule. */
import type { BuilderData } from '../../../lib/buildpacks/specification/builder';
import type { BuildpackData } from '../../../lib/buildpacks/specification/buildpack';
import type { BaseImageData } from '../../../lib/buildpacks/specification/images';
import { type BuildRun, type PhaseData, PHASES } from './phases';

const labels = {
  'io.buildpacks.base.id': 'org.toolforge.bookworm',
  'io.buildpacks.base.maintainer': 'Wikimedia Cloud Services',
  'io.buildpacks.base.description': 'Toolforge bookworm',
  'io.buildpacks.base.distro.name': 'debian',
  'io.buildpacks.base.distro.version': '12',
};
const target = { os: 'linux', arch: 'amd64', distro: { name: 'debian', version: '12' } };

export const build: BaseImageData = {
  user: '61312:61312',
  environment: { PATH: '/usr/bin:/bin', CNB_USER_ID: '61312', CNB_GROUP_ID: '61312' },
  labels,
  target,
};

export const run: BaseImageData = {
  user: '65534:65534',
  environment: { PATH: '/usr/bin:/bin' },
  labels: { ...labels, 'io.buildpacks.rebasable': 'true' },
  target,
};

export const buildpack: BuildpackData = {
  id: 'toolforge/python',
  version: '0.1.0',
  api: '0.12',
  targets: [{ os: 'linux', arch: 'amd64', distros: [{ name: 'debian', version: '12' }] }],
  sbomFormats: ['application/vnd.cyclonedx+json'],
  programs: ['bin/detect', 'bin/build'],
};

export const composite: BuildpackData = {
  id: 'toolforge/web',
  version: '1.0.0',
  api: '0.12',
  order: [[{ id: 'toolforge/python', version: '0.1.0' }]],
  programs: [],
};

export const certificates: BuildpackData = { ...buildpack, id: 'toolforge/certificates', targets: [] };

export const builder: BuilderData = {
  name: 'python311',
  buildpacks: [buildpack, composite, certificates],
  order: [[{ id: 'toolforge/python', version: '0.1.0' }], [{ id: 'toolforge/web', version: '1.0.0' }]],
  system: { pre: [{ id: 'toolforge/certificates', version: '0.1.0' }], post: [] },
  runImages: [{ image: 'registry.test/stacks/bookworm-run', mirrors: ['mirror.test/bookworm-run'] }],
  buildConfig: [{ name: 'FLAGS', value: '-O2', action: 'append', delimiter: ' ' }],
  lifecycle: { version: '0.21.0', platformApis: ['0.14', '0.15'], buildpackApis: ['0.11', '0.12'] },
  platformApi: '0.15',
  target,
};

export const buildRun: BuildRun = {
  phases: PHASES.map((phase) => ({
    phase,
    inBuilder: true,
    uid: 61312,
    environment: { CNB_PLATFORM_API: '0.15' },
    holdsCredentials: !['detector', 'builder'].includes(phase),
  })),
  builderUid: 61312,
  images: ['registry.test/images/python311:abc'],
};

/** The build where one phase is run in another way. */
export function withPhase(name: PhaseData['phase'], change: Partial<PhaseData>): BuildRun {
  return { ...buildRun, phases: buildRun.phases.map((each) => (each.phase === name ? { ...each, ...change } : each)) };
}
