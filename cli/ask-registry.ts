import type { Settings } from '../lib/settings/settings';
import { batches } from './batches';
import { inToolbox } from './toolbox';

/**
 * Runs a script that asks the registry about images, and gives the lines that it answers.
 *
 * @param name - a DNS label, the beginning of the pods' names
 * @param images - a line for each. As many as a variable of a pod holds are asked about in one.
 */
export async function askRegistry(settings: Settings, name: string, script: string, images: readonly string[]): Promise<string> {
  const answers: string[] = [];
  for (const lines of batches(images))
    answers.push(await inToolbox(settings, { name, script, asks: 'registry', variables: { IMAGES: lines.join('\n') } }));
  return answers.join('\n');
}
