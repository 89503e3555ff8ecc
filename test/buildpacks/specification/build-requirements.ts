import type { Requirement } from './requirement';

const EXPORTER = 'platform 0.15, "exporter"';
const REBASER = 'platform 0.15, "rebaser"';
const TASK = 'lib/images/build-task.ts';

/** What a run of the phases owes. */
export const BUILD_REQUIREMENTS = {
  'api-set': {
    section: 'platform 0.15, "Platform API Compatibility"',
    level: 'SHOULD',
    rule: 'Every phase is told the platform API.',
    held: { check: 'buildRunProblems' },
  },
  'api-spoken': {
    section: 'platform 0.15, "Platform API Compatibility"',
    level: 'MUST',
    rule: 'The lifecycle of the builder speaks that API.',
    held: { check: 'builderProblems' },
  },
  'phases-in-order': {
    section: 'platform 0.15, "Build"',
    level: 'MUST',
    rule: 'A build runs analyzer, detector, restorer (where there is a cache), builder and exporter in this order.',
    held: { check: 'buildRunProblems' },
  },
  'detector-in-builder': {
    section: 'platform 0.15, "detector"',
    level: 'MUST',
    rule: 'The detector runs in the build environment.',
    held: { check: 'buildRunProblems' },
  },
  'builder-in-builder': {
    section: 'platform 0.15, "builder"',
    level: 'MUST',
    rule: 'The builder runs in the build environment.',
    held: { check: 'buildRunProblems' },
  },
  extender: {
    section: 'platform 0.15, "extender"',
    level: 'MUST',
    rule: 'Where images are extended, the extender takes the place of the builder.',
    held: { notApplicable: 'no builder has image extensions' },
  },
  creator: {
    section: 'platform 0.15, "creator"',
    level: 'MUST',
    rule: 'The creator runs in the build environment.',
    held: { notApplicable: 'the phases run one by one, so that buildpacks never stand beside credentials' },
  },
  'exec-env-name': {
    section: 'platform 0.15, "CNB Terminology"',
    level: 'MUST',
    rule: "The name of an execution environment has no '/'.",
    held: { check: 'buildRunProblems' },
  },
  'exec-env-layers': {
    section: 'platform 0.15, "Layer Restoration"',
    level: 'SHOULD',
    rule: 'Layers that were built for another execution environment are not restored.',
    held: { notApplicable: 'no layer is ever restored: there is no cache and no previous image' },
  },
  'analyzer-references': {
    section: 'platform 0.15, "analyzer"',
    level: 'MUST',
    rule: 'Image, tags, previous image and run image are references, those that are written of one registry.',
    held: {
      heldBy: 'lib/images/platform-image-pipeline.ts',
      how: 'makes one reference from the registry, with no previous image',
    },
  },
  'analyzer-run-image': {
    section: 'platform 0.15, "analyzer"',
    level: 'MUST',
    rule: 'A run image is given, or /cnb/run.toml has one.',
    held: { check: 'runImageNameProblems' },
  },
  'run-image-pinned': {
    section: 'platform 0.15, "restorer"',
    level: 'MUST',
    rule: 'The run image that is exported on is the digest that was looked up; the restorer would resolve mirrors anew.',
    held: { heldBy: 'lib/images/build-task.ts', how: 'has no restorer, and gives the analyzer the digest' },
  },
  'exporter-tags': {
    section: EXPORTER,
    level: 'MUST',
    rule: 'The exporter is given at least one tag reference.',
    held: { check: 'buildRunProblems' },
  },
  'exporter-one-registry': {
    section: EXPORTER,
    level: 'MUST',
    rule: 'All that it writes is in one registry.',
    held: { check: 'buildRunProblems' },
  },
  'rebase-by-rebaser': {
    section: 'platform 0.15, "Rebase"',
    level: 'MUST',
    rule: 'An image is rebased by the rebaser, or as it would.',
    held: {
      heldBy: 'lib/images/steps/rebase.sh',
      how: "has the lifecycle's Rebaser do it, as a library, where only the run image is another",
    },
  },
  'rebase-on-update': {
    section: 'platform 0.15, "Rebase"',
    level: 'SHOULD',
    rule: 'A newer run image gives rebased images.',
    held: {
      heldBy: 'lib/registry/steps/look-up.sh',
      how: 'finds the layers by their own address, on whichever run image they were',
    },
  },
  'rebaser-tags': {
    section: REBASER,
    level: 'MUST',
    rule: 'The rebaser is given tag references of one registry.',
    held: { heldBy: 'lib/images/steps/rebase.sh', how: 'csb-registry refuses others' },
  },
  'rebaser-previous': {
    section: REBASER,
    level: 'MUST',
    rule: 'The image that is rebased stays as it is, unless it is named as a target.',
    held: { heldBy: 'lib/registry/steps/look-up.sh', how: 'names it by digest, which cannot be written' },
  },
  'rebaser-run-image': {
    section: REBASER,
    level: 'MUST',
    rule: 'The new run image has a name that the image knows, or the rebaser is forced.',
    held: { heldBy: 'lib/registry/steps/look-up.sh', how: 'names it without its tag, as run.toml does, and by digest' },
  },
  'registry-auth': {
    section: 'platform 0.15, "Registry Authentication"',
    level: 'MUST',
    rule: 'CNB_REGISTRY_AUTH, where it is set, is a JSON object.',
    held: { notApplicable: 'it is not set: credentials are files of the steps that need them' },
  },
  experimental: {
    section: 'platform 0.15, "Experimental Features"',
    level: 'SHOULD',
    rule: 'CNB_EXPERIMENTAL_MODE says what becomes of experimental features.',
    held: { notApplicable: 'none is used; where it is not set, the lifecycle refuses them' },
  },
  layout: {
    section: 'platform 0.15, "Map an image reference to a path in the layout directory"',
    level: 'MUST',
    rule: 'Images in OCI layout stand at paths made from their references.',
    held: { notApplicable: 'images go to a registry' },
  },
  isolation: {
    section: 'platform 0.15, "Security Considerations"',
    level: 'SHOULD',
    rule: 'Each phase runs in a container of its own.',
    held: { heldBy: TASK, how: 'has a step for each phase' },
  },
  'no-credentials': {
    section: 'buildpack 0.12, "Assumptions of Trust"',
    level: 'MUST',
    rule: 'Neither the application nor buildpacks can read credentials of a registry.',
    held: { check: 'buildRunProblems' },
  },
  'inherited-environment': {
    section: 'platform 0.15, "Base Image-Provided Variables"',
    level: 'SHOULD',
    rule: 'HOME and the POSIX path variables are set where phases run.',
    held: { heldBy: TASK, how: 'sets HOME; PATH comes from the builder' },
  },
  'user-environment': {
    section: 'platform 0.15, "User-Provided Variables"',
    level: 'MUST',
    rule: "A user's variables are files of <platform>/env, not variables of the lifecycle.",
    held: { notApplicable: 'no user gives a build variables' },
  },
  'operator-environment': {
    section: 'platform 0.15, "Operator-Defined Variables"',
    level: 'MUST',
    rule: "An operator's variables are files of <build-config>/env, one for each.",
    held: { check: 'buildConfigProblems' },
  },
  'operator-environment-names': {
    section: 'buildpack 0.12, "Environment Variable Modification Rules"',
    level: 'MUST',
    rule: "What follows the first '.' of such a file's name says what becomes of the variable.",
    held: { check: 'buildConfigProblems' },
  },
  'reserved-prefix': {
    section: 'buildpack 0.12, "Provided by the Platform"',
    level: 'MUST',
    rule: 'Nothing but the specification names variables CNB_*.',
    held: { check: 'buildConfigProblems' },
  },
  'project-metadata': {
    section: 'platform 0.15, "project-metadata.toml (TOML)"',
    level: 'SHOULD',
    rule: 'Where there is project metadata, it says where the source is from.',
    held: { notApplicable: 'the application is one file, which is declared here' },
  },
  'launch-environment': {
    section: 'platform 0.15, "Launch Environment"',
    level: 'SHOULD',
    rule: "A user's variables for a process are set where the launcher runs.",
    held: { notApplicable: 'Toolforge starts images without the launcher' },
  },
  'same-cache': {
    section: 'platform 0.15, "Caching"',
    level: 'SHOULD',
    rule: 'Each build of an image gets the same cache.',
    held: { notApplicable: 'there is no cache: layers are found by their address, or laid from what the builder holds' },
  },
} as const satisfies Record<string, Requirement>;
