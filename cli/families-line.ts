import { PlatformImage } from '../lib/images/platform-image';
import type { Settings } from '../lib/settings/settings';
import { chosenFamilies } from '../stacks/chosen-families';
import { declareEnvironment } from '../stacks/environment';
import { knownFamilies } from '../stacks/families';

/** What an environment declares, and what all families would add, in a line. */
export function familiesLine(environment: string, settings: Settings): string {
  const count = (families: string[]): number =>
    PlatformImage.allOf(declareEnvironment(environment, { ...settings, families }, {})).length;
  const chosen = chosenFamilies(environment, settings, knownFamilies);
  const [declared, whole] = [count(settings.families), count(['all'])];
  const left = knownFamilies.length - chosen.length;
  if (left === 0) return `${declared} images, of all ${chosen.length} families.`;
  if (settings.families.includes('all')) {
    const without = knownFamilies
      .filter(({ name }) => !chosen.includes(name))
      .map(({ name, reads }) => `${name}, which reads mirror.${reads ?? ''}`);
    return `${declared} images, of ${chosen.length} families: all but ${without.join('; ')}, and Pulumi.${environment}.yaml has none.`;
  }
  const more = environment === 'local' ? 'npm start -- --all makes' : 'families: [all] in its settings declares';
  return `${declared} images, of ${chosen.length} families (${chosen.join(', ')}). ${more} all ${whole}: ${whole - declared} more, of ${left} families.`;
}
