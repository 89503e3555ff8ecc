import type { Requirement } from './requirement';

const TOML = 'buildpack 0.12, "buildpack.toml (TOML)"';
const ORDER = 'platform 0.15, "order.toml (TOML)"';
const RUN = 'platform 0.15, "run.toml (TOML)"';
const SYSTEM = 'platform 0.15, "system.toml (TOML)"';
const EXTENSION = 'builder extension 0.1, "Filesystem"';
const ASSEMBLE = 'lib/buildpacks/builder/steps/assemble.sh';

/** What builders and the buildpacks in them owe. */
export const BUILDER_REQUIREMENTS = {
  'order-not-empty': {
    section: ORDER,
    level: 'MUST',
    rule: 'There is an order with groups of buildpacks.',
    held: { check: 'builderProblems' },
  },
  'order-entries': {
    section: ORDER,
    level: 'MUST',
    rule: 'Each entry of a group is a buildpack of the builder, by id and version.',
    held: { check: 'builderProblems' },
  },
  'order-optional': {
    section: ORDER,
    level: 'MUST',
    rule: 'What is not said to be optional is not.',
    held: { heldBy: 'lib/buildpacks/specification/platform-files.ts', how: 'writes optional only where it is true' },
  },
  'order-resolvable': {
    section: 'buildpack 0.12, "Order Resolution"',
    level: 'MUST',
    rule: 'An order resolves into buildpacks that do something: a group is not optional as a whole.',
    held: { check: 'builderProblems' },
  },
  'order-extensions': {
    section: 'buildpack 0.12, "Order Resolution"',
    level: 'MUST',
    rule: 'Orders of image extensions have no orders inside, and stand before those of buildpacks.',
    held: { notApplicable: 'no builder has image extensions' },
  },
  'system-entries': {
    section: SYSTEM,
    level: 'MUST',
    rule: 'Each system buildpack is a buildpack of the builder, by id and version.',
    held: { check: 'builderProblems' },
  },
  'system-optional': {
    section: SYSTEM,
    level: 'MUST',
    rule: 'What is not said to be optional is not. The lifecycle does not read it of a system buildpack, so none may say it.',
    held: { check: 'builderProblems' },
  },
  'run-names': {
    section: RUN,
    level: 'MUST',
    rule: 'Run images and their mirrors are named by references, which a later version has as well.',
    held: { check: 'runImageNameProblems' },
  },
  'run-mirrors': {
    section: RUN,
    level: 'MUST',
    rule: 'There are no mirrors without an image.',
    held: { heldBy: 'lib/buildpacks/specification/run-images.ts', how: 'has mirrors beside a name only' },
  },
  'run-mirrors-same': {
    section: RUN,
    level: 'SHOULD',
    rule: 'A mirror is the same image.',
    held: { notApplicable: 'what fills a mirror is not declared here; images are pinned by digest where they are used' },
  },
  'run-registries': {
    section: RUN,
    level: 'SHOULD',
    rule: 'A run image and its mirrors are each in a registry of their own.',
    held: { check: 'runImageNameProblems' },
  },
  'buildpack-id': {
    section: TOML,
    level: 'MUST',
    rule: "A buildpack's id has the allowed characters, and is no name of a folder of the lifecycle.",
    held: { check: 'buildpackProblems' },
  },
  'buildpack-id-unique': {
    section: TOML,
    level: 'MUST',
    rule: "No buildpack's id is another's, whatever its case.",
    held: { check: 'builderProblems' },
  },
  'buildpack-version': {
    section: TOML,
    level: 'MUST',
    rule: 'Its version is three numbers without leading zeros.',
    held: { check: 'buildpackProblems' },
  },
  'buildpack-sbom': {
    section: TOML,
    level: 'MUST',
    rule: 'Its SBOM formats are those of the specification.',
    held: { check: 'buildpackProblems' },
  },
  'buildpack-api': {
    section: 'buildpack 0.12, "Buildpack API Version"',
    level: 'MUST',
    rule: 'It says its API.',
    held: { check: 'buildpackProblems' },
  },
  'buildpack-api-spoken': {
    section: 'buildpack 0.12, "Buildpack API Compatibility"',
    level: 'MUST',
    rule: 'The lifecycle of the builder speaks that API.',
    held: { check: 'builderProblems' },
  },
  'buildpack-programs': {
    section: 'buildpack 0.12, "Buildpack Interface"',
    level: 'MUST',
    rule: 'It has bin/detect and bin/build, or else an order.',
    held: { check: 'buildpackProblems' },
  },
  'buildpack-order': {
    section: 'buildpack 0.12, "Order"',
    level: 'MUST',
    rule: 'The order of a composite buildpack names buildpacks by id and version.',
    held: { check: 'buildpackProblems' },
  },
  'buildpack-stacks': {
    section: 'buildpack 0.12, "buildpack.toml (TOML) stacks Array"',
    level: 'MUST',
    rule: 'A composite buildpack has no stacks.',
    held: { check: 'buildpackProblems' },
  },
  'buildpack-targets': {
    section: 'buildpack 0.12, "Targets"',
    level: 'MUST',
    rule: 'Its targets are of systems, architectures and variants known to OCI.',
    held: { check: 'buildpackProblems' },
  },
  'buildpack-targets-fit': {
    section: 'buildpack 0.12, "Targets"',
    level: 'MUST',
    rule: "One of its targets fits the stack's, or else detection fails.",
    held: { check: 'builderProblems' },
  },
  'buildpacks-layout': {
    section: 'platform 0.15, "Buildpacks Directory Layout"',
    level: 'MUST',
    rule: 'Buildpacks stand unpacked at /cnb/buildpacks/<id>/<version>, each in a folder of its own.',
    held: { check: 'builderProblems' },
  },
  'builder-extends': {
    section: EXTENSION,
    level: 'MUST',
    rule: 'A builder is its build image with more layers, and keeps its variables and labels.',
    held: { heldBy: ASSEMBLE, how: 'adds layers and labels to the build image' },
  },
  'builder-lifecycle': {
    section: EXTENSION,
    level: 'MUST',
    rule: 'It has the lifecycle in /cnb/lifecycle and an order in /cnb/order.toml.',
    held: { heldBy: ASSEMBLE, how: 'adds a layer for each' },
  },
  'builder-folders': {
    section: EXTENSION,
    level: 'MUST',
    rule: 'The build user can write the folders of the application and of layers.',
    held: { heldBy: ASSEMBLE, how: 'adds both as folders of that user' },
  },
  'builder-labels': {
    section: 'builder extension 0.1, "Labels"',
    level: 'MUST',
    rule: 'Its labels give its metadata and its order.',
    held: { heldBy: 'lib/buildpacks/specification/platform-files.ts', how: 'renders both' },
  },
  'builder-other-labels': {
    section: 'builder extension 0.1, "Labels"',
    level: 'MUST',
    rule: 'Its labels and variables give the APIs of the builder and of the lifecycle, the layers of buildpacks, and the folders of builds.',
    held: {
      notApplicable: 'an extension for tools that take builders from anywhere; the phases here are told all that themselves',
    },
  },
  'builder-stack-toml': {
    section: EXTENSION,
    level: 'MUST',
    rule: 'It has /cnb/stack.toml.',
    held: { notApplicable: 'run.toml has taken its place since platform 0.12' },
  },
} as const satisfies Record<string, Requirement>;
