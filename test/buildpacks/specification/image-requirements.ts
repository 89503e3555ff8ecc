import type { Requirement } from './requirement';

const BUILD = 'platform 0.15, "Build Image"';
const RUN = 'platform 0.15, "Run Image"';
const TARGET = 'platform 0.15, "Target Data"';
const COMPATIBILITY = 'platform 0.15, "Compatibility Guarantees"';

/** What build images and run images owe. */
export const IMAGE_REQUIREMENTS = {
  'build-user': {
    section: BUILD,
    level: 'MUST',
    rule: 'The user of a build image is not root.',
    held: { check: 'buildImageProblems' },
  },
  'build-home': {
    section: BUILD,
    level: 'MUST',
    rule: 'That user has a home that it can write.',
    held: { heldBy: 'lib/buildpacks/stack/steps/install.sh', how: 'makes the home with the user, who owns it' },
  },
  'build-uid': { section: BUILD, level: 'MUST', rule: 'CNB_USER_ID is its uid.', held: { check: 'buildImageProblems' } },
  'build-gid': { section: BUILD, level: 'MUST', rule: 'CNB_GROUP_ID is its primary gid.', held: { check: 'buildImageProblems' } },
  'build-path': { section: BUILD, level: 'MUST', rule: 'PATH is set, if to nothing.', held: { check: 'buildImageProblems' } },
  'build-labels': {
    section: BUILD,
    level: 'SHOULD',
    rule: 'Labels name the maintainer and describe the image.',
    held: { check: 'buildImageProblems' },
  },
  'base-other-labels': {
    section: BUILD,
    level: 'SHOULD',
    rule: 'Labels give the homepage, the date of release and other metadata, of build and run images.',
    held: {
      notApplicable: 'images are the same whenever they are made, so they bear no date; there is no homepage nor other metadata',
    },
  },
  'run-path': { section: RUN, level: 'MUST', rule: 'PATH is set, if to nothing.', held: { check: 'runImageProblems' } },
  'run-user': {
    section: RUN,
    level: 'SHOULD',
    rule: 'The user of a run image has another uid than that of the build image.',
    held: { check: 'stackImagesProblems' },
  },
  'run-labels': {
    section: RUN,
    level: 'SHOULD',
    rule: 'Labels name the maintainer and describe the image.',
    held: { check: 'runImageProblems' },
  },
  'run-rebasable': {
    section: RUN,
    level: 'SHOULD',
    rule: 'A run image that keeps its ABI says that images can be rebased on it.',
    held: { check: 'runImageProblems' },
  },
  'target-id': {
    section: TARGET,
    level: 'MUST',
    rule: 'A run image has a target id, written with the allowed characters.',
    held: { check: 'runImageProblems' },
  },
  'target-id-reversed': {
    section: TARGET,
    level: 'SHOULD',
    rule: 'A target id begins like a reversed domain.',
    held: { check: 'runImageProblems' },
  },
  'target-id-unique': {
    section: TARGET,
    level: 'MUST',
    rule: "No target id is another's, whatever its case.",
    held: { check: 'targetIdProblems' },
  },
  'target-os': {
    section: TARGET,
    level: 'MUST',
    rule: 'The operating system and architecture of both images are known to OCI.',
    held: { check: 'buildImageProblems' },
  },
  'target-variant': {
    section: TARGET,
    level: 'SHOULD',
    rule: 'A variant is one of the architecture.',
    held: { check: 'runImageProblems' },
  },
  'target-same': {
    section: TARGET,
    level: 'MUST',
    rule: 'Build image and run image have the same system, architecture, variant and distribution.',
    held: { check: 'stackImagesProblems' },
  },
  'target-distro': {
    section: TARGET,
    level: 'SHOULD',
    rule: 'Labels give the distribution and its version as /etc/os-release does.',
    held: { check: 'runImageProblems' },
  },
  'target-distro-windows': {
    section: TARGET,
    level: 'SHOULD',
    rule: 'On Windows, the name of the distribution is empty.',
    held: { notApplicable: 'all images are Debian' },
  },
  'abi-run': {
    section: COMPATIBILITY,
    level: 'MUST',
    rule: 'A new version of a run image keeps the ABI of the one before, and what layers do does not change but for security.',
    held: {
      heldBy: 'lib/buildpacks/stack/steps/resolve.sh',
      how: 'takes packages of one Debian release only, which keeps its ABI; another release is another stack',
    },
  },
  'abi-build': {
    section: COMPATIBILITY,
    level: 'SHOULD',
    rule: 'A new version of a build image keeps the ABI of the one before.',
    held: { heldBy: 'lib/buildpacks/stack/steps/resolve.sh', how: 'takes packages of one Debian release only' },
  },
  'stack-labels': {
    section: 'platform 0.15, "Deprecations"',
    level: 'SHOULD',
    rule: 'Images still bear the id of a stack and its mixins, and build images CNB_STACK_ID, for buildpacks older than API 0.10.',
    held: { heldBy: 'lib/buildpacks/stack/stack-image.ts', how: 'writes both labels and the variable' },
  },
} as const satisfies Record<string, Requirement>;
