import { join } from 'node:path';
import { withRegistryCalls } from '../registry/registry-scripts';
import { script } from '../tekton/script';

const steps = join(__dirname, 'steps');

/** The scripts of an image's build, in the order in which they run; `fetch` only where the application has a source. */
export const IMAGE_SCRIPTS = {
  lookUp: withRegistryCalls(script(steps, 'look-up.sh')),
  prepare: script(steps, 'prepare.sh'),
  fetch: script(steps, 'fetch.sh'),
  analyze: script(steps, 'analyze.sh'),
  detect: script(steps, 'detect.sh'),
  restore: script(steps, 'restore.sh'),
  build: script(steps, 'build.sh'),
  check: script(steps, 'check.sh'),
  export: script(steps, 'export.sh'),
  finish: withRegistryCalls(script(steps, 'finish.sh')),
} as const;
