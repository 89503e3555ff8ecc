import { join } from 'node:path';
import { script } from '../../tekton/script';
import { withApt } from '../debian/locked-packages';
import { withPackageFacts } from '../debian/package-facts';

/** Prints what a layer plan is made from, of locked packages. Run by `csb plan-layers`. */
export const WEIGH_SCRIPT = withPackageFacts(withApt(script(join(__dirname, 'steps'), 'weigh.sh')));
