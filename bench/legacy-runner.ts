/** `tsx legacy-runner.ts <type>`: the text of /usr/bin/webservice-runner as images of this type have it, ours, since the legacy one is in no package. */
import { languages } from '../languages/languages';
import { genericServer, type Server } from '../languages/webservice-runner/server';

const wanted = process.argv[2] ?? '';
const servers: readonly Server[] = [genericServer, ...languages.flatMap(({ server }) => server ?? [])];
const found = servers.find(({ type }) => type === wanted);
if (found) process.stdout.write(found.runner);
else {
  console.error(`no server has the type '${wanted}', but ${[...new Set(servers.map(({ type }) => type))].join(', ')}`);
  process.exitCode = 1;
}
