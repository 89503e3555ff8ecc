import { join } from 'node:path';
import { type Address, addressOf } from '../../registry/registry';
import { REGISTRY_SCRIPTS } from '../../registry/registry-scripts';
import { script } from '../../tekton/script';
import { baseAddress } from '../base/base';
import { type LockedPackages, withApt } from '../debian/locked-packages';
import { environmentOf, type Stack, targetOf } from './stack';

const steps = join(__dirname, 'steps');

/** The scripts that make an image of a stack, in the order in which they run. */
export const STACK_SCRIPTS = {
  prepare: withApt(script(steps, 'prepare.sh')),
  install: script(steps, 'install.sh'),
  assemble: script(steps, 'assemble.sh'),
} as const;

/** Prints what apt would install: the text of a lock. Run by `csb lock`. */
export const RESOLVE_SCRIPT = withApt(script(steps, 'resolve.sh'));

/** The user of builds: CNB_USER_ID and CNB_GROUP_ID, the number that Toolforge's first buildpack images had. */
export const CNB_USER = { name: 'cnb', uid: 61312, home: '/home/cnb' } as const;
/** The user that run images declare: Debian's nobody, another one than that of builds (CNB platform 0.15, "Run Image"). Pods name their own. */
const RUN_USER = 65534;

/** What a stack says of one of its images. */
export interface StackImage {
  readonly stack: Stack;
  readonly role: 'run' | 'build';
  readonly packages: readonly string[];
  readonly lock: LockedPackages;
  readonly settings: ImageSettings;
  readonly address: Address;
}

interface ImageSettings {
  readonly users: readonly { readonly name: string; readonly uid: number; readonly home: string }[];
  readonly files: Readonly<Record<string, string>>;
  readonly links: Readonly<Record<string, string>>;
  readonly environment: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  /** `uid:gid` */
  readonly user: string;
}

/** The run image: what the stack stands on, with its packages, files and links. */
export function runImage(stack: Stack): StackImage {
  const settings = {
    users: [],
    files: stack.files ?? {},
    links: stack.facade ?? {},
    environment: environmentOf(stack),
    labels: { ...labelsOf(stack, 'run'), 'io.buildpacks.rebasable': 'true' },
    user: `${RUN_USER}:${RUN_USER}`,
  };
  const parent = 'kind' in stack.extends ? baseAddress(stack.extends, stack.lock.base ?? {}) : runImage(stack.extends).address;
  return stackImage(stack, 'run', settings, parent);
}

/** The build image: the run image with more packages, and with the user of builds. */
export function buildImage(stack: Stack): StackImage {
  const settings = {
    users: [CNB_USER],
    files: {},
    links: {},
    environment: {
      ...environmentOf(stack),
      CNB_USER_ID: String(CNB_USER.uid),
      CNB_GROUP_ID: String(CNB_USER.uid),
      CNB_STACK_ID: stackId(stack),
    },
    labels: labelsOf(stack, 'build'),
    user: `${CNB_USER.uid}:${CNB_USER.uid}`,
  };
  return stackImage(stack, 'build', settings, runImage(stack).address);
}

function stackImage(stack: Stack, role: 'run' | 'build', settings: ImageSettings, parent: Address): StackImage {
  const packages = stack.packages[role];
  const lock = stack.lock[role];
  const address = addressOf({
    packages: [...packages].sort(),
    lock,
    settings,
    parent,
    recipe: [STACK_SCRIPTS, REGISTRY_SCRIPTS.push],
  });
  return { stack, role, packages, lock, settings, address };
}

function stackId({ name }: Stack): string {
  return `org.toolforge.buildpacks.stack.${name}`;
}

/**
 * What the lifecycle and old buildpacks look at.
 *
 * @see CNB platform 0.15, "Build Image" and "Run Image": io.buildpacks.base.*; io.buildpacks.stack.* is deprecated and still read.
 */
function labelsOf(stack: Stack, role: 'run' | 'build'): Record<string, string> {
  const { distro } = targetOf(stack);
  return {
    'io.buildpacks.base.id': `org.toolforge.${stack.name}`,
    'io.buildpacks.base.maintainer': 'Wikimedia Cloud Services',
    'io.buildpacks.base.description': `Toolforge ${stack.name}, ${role} image`,
    'io.buildpacks.base.distro.name': distro.name,
    'io.buildpacks.base.distro.version': distro.version,
    'io.buildpacks.stack.id': stackId(stack),
    'io.buildpacks.stack.mixins': '[]',
  };
}
