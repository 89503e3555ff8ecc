import { join } from 'node:path';
import { script } from '../../tekton/script';
import { withApt } from '../debian/locked-packages';
import { withOrigins } from '../debian/origins';

/** Prints which of the files of runtimes can be fetched, and what is newer. Run by `csb update`. */
export const NEWEST_SCRIPT = withOrigins(withApt(script(join(__dirname, 'steps'), 'newest.sh')));
