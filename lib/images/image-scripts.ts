import { join } from 'node:path';
import { withLibraries } from '../registry/registry-scripts';
import { script } from '../tekton/script';

const steps = join(__dirname, 'steps');
const step = (file: string): string => withLibraries(script(steps, file));

/** The scripts of an image's build, in the order in which they run, `fetch` only where the application has a source; of its rebase; and of what follows branches. */
export const IMAGE_SCRIPTS = {
  analyze: step('analyze.sh'),
  prepare: step('prepare.sh'),
  fetch: step('fetch.sh'),
  detect: step('detect.sh'),
  build: step('build.sh'),
  check: step('check.sh'),
  guard: step('guard.sh'),
  export: step('export.sh'),
  rebase: step('rebase.sh'),
  look: step('look.sh'),
  follow: step('follow.sh'),
  run: step('run.jq'),
  rebaseFollowed: step('rebase-followed.sh'),
} as const;
