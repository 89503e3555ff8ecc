/** `in-plain-debian.ts <options as JSON>`: a process of its own, since jest does not load the ES modules that local/ stands on. */
import { inPlainDebian, type PlainDebian } from '../../../local/demo/plain-debian';

inPlainDebian(JSON.parse(process.argv[2] ?? '') as PlainDebian).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
