import { inlined, script } from '../../tekton/script';

const ORIGINS = script(__dirname, 'origins.sh');

/** A script with the function of origins.sh, which says in which suites a mirror has the versions of packages and sources. */
export function withOrigins(text: string): string {
  return inlined(text, 'origins.sh', ORIGINS);
}
