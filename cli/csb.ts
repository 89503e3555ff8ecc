/** A command of ours as people type it for an environment: `npm run csb -- --environment tools up`. */
export function csb(environment: string, words: string): string {
  return `npm run csb -- ${environment === 'local' ? '' : `--environment ${environment} `}${words}`;
}
