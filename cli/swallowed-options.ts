import type { Command } from 'commander';

/**
 * What `npm run csb destroy --environment=mine` would mean otherwise: npm takes options for its own that do not stand behind a `--`, and the
 * command, which never sees them, would do something else (npm hands them on as variables `npm_config_<option>`).
 *
 * @throws Error naming the option and the command as it has to be written
 */
export function mustHaveAllOptions(command: Command, variables: NodeJS.ProcessEnv = process.env): void {
  const known = [command, ...ancestors(command)].flatMap(({ options }) => options);
  const swallowed = known.filter(({ long }) => long !== undefined && variables[variableOf(long)] !== undefined);
  if (swallowed.length === 0) return;
  const words = swallowed.map(({ long }) => long).join(', ');
  const script = variables['npm_lifecycle_event'] ?? 'csb';
  throw new Error(
    `npm took ${words} for its own, and nothing was done; write them behind a --: npm run ${script} -- ... ${swallowed[0]?.flags ?? ''}`,
  );
}

const variableOf = (long: string): string => `npm_config_${long.replace(/^--/, '').replaceAll('-', '_')}`;

function ancestors({ parent }: Command): readonly Command[] {
  return parent === null ? [] : [parent, ...ancestors(parent)];
}
