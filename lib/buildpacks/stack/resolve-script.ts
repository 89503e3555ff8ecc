import { join } from 'node:path';
import { script } from '../../tekton/script';
import { withApt } from '../debian/locked-packages';

/** Prints what apt would install: the text of a lock. Run by `csb lock`. */
export const RESOLVE_SCRIPT = withApt(script(join(__dirname, 'steps'), 'resolve.sh'));
