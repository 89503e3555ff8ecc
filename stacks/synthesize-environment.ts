import { aliasProblems } from '../lib/synth/aliases';
import type { EnvironmentApp } from '../lib/synth/app';
import type { Settings } from '../lib/settings/settings';
import type { Synthesis } from '../lib/synth/synthesized';
import { SynthesisError } from '../lib/synth/validation';
import { aliases } from './aliases';
import { declareEnvironment } from './environment';

/**
 * Everything that an environment declares, in dependency order, with the table of aliases tried on it.
 *
 * @throws SynthesisError with every problem of the declarations, or of the aliases
 */
export function synthesizeEnvironment(environment: string, settings: Settings): Synthesis {
  return synthesizeApp(declareEnvironment(environment, settings));
}

/** The same of a tree that is there already. */
export function synthesizeApp(app: EnvironmentApp, table = aliases): Synthesis {
  const synthesis = app.synthesize();
  const problems = aliasProblems(table, synthesis.objects);
  if (problems.length > 0) throw new SynthesisError(app.environment, problems);
  return synthesis;
}
