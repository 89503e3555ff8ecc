import { changeSettings } from '../lib/settings/change-settings';
import { readSettings } from '../lib/settings/settings';
import { familiesLine } from './families-line';
import { ROOT } from './pulumi-stack';

/** `csb families`: which families of images an environment declares, and what it leaves out. With `--all`, its settings name all of them first. */
export function families(environment: string, { all }: { readonly all: boolean }): void {
  const settings = readSettings(ROOT, environment);
  if (all && !settings.families.includes('all')) {
    changeSettings(ROOT, environment, { 'cloud-services-buildpacks:families': ['all'] });
    const before = settings.families.join(', ');
    console.log(
      `Pulumi.${environment}.yaml says families: [all] now. To go back, write [${before}] there, then: npm run synth, and up again`,
    );
  }
  console.log(familiesLine(environment, all ? { ...settings, families: ['all'] } : settings));
}
