import { join } from 'node:path';
import { script } from '../../tekton/script';
import { withApt } from '../debian/locked-packages';
import { withOrigins } from '../debian/origins';
import { withPackageFacts } from '../debian/package-facts';

/** Prints what apt would install, the text of a lock, and what layer plans are made from. Run by `csb lock`. */
export const RESOLVE_SCRIPT = withPackageFacts(withOrigins(withApt(script(join(__dirname, 'steps'), 'resolve.sh'))));
