import { join } from 'node:path';
import type { AnyLanguage } from '../languages/language';
import { languages } from '../languages/languages';
import { targetIdProblems } from '../lib/buildpacks/specification/images';
import { Stack } from '../lib/buildpacks/stack/stack';
import { EnvironmentApp } from '../lib/synth/app';
import { PlatformImage } from '../lib/images/platform-image';
import { pinProblems, type Pins } from '../lib/registry/pins';
import type { Settings } from '../lib/settings/settings';
import { chosenFamilies } from './chosen-families';
import { DemoChart, demoImage } from './demo-chart';
import { DemoImagesChart } from './demo-images-chart';
import { declareFamilies, familyOf, knownFamilies } from './families';
import { ImageConfigChart } from './image-config-chart';
import { ledgerOf } from './ledger';
import { ledgerProblems, undeclaredProblems } from './legacy/ledger-problems';
import { PlatformChart } from './platform-chart';
import { pinsFile, readPins } from './pins/read-pins';
import { policiesOf } from './policies';
import { ToolsChart } from './tools-chart';

/** Everything an environment consists of. Pure: the same settings, locks and pins give the same objects. */
export function declareEnvironment(
  environment: string,
  settings: Settings,
  pins: Pins = readPins(join(__dirname, '..'), environment),
  all: readonly AnyLanguage[] = languages,
): EnvironmentApp {
  const app = new EnvironmentApp(environment, { policies: policiesOf(settings, all), whole: true });
  const tools = new ToolsChart(app, 'tools', settings);
  const platform = new PlatformChart(app, 'platform', { environment, settings, pins, tools, languages: all });
  const chosen = chosenFamilies(environment, settings, knownFamilies);
  declareFamilies(app, platform, chosen);
  // What `webservice` and `toolforge jobs` read names images by `latest`.
  if (settings.toolforge.mounts === 'admission' && settings.publicTags.includes('latest'))
    new ImageConfigChart(app, settings, PlatformImage.allOf(app));
  if (settings.toolforge.demo) {
    new DemoChart(app, 'demo', { settings, tools, image: demoImage(app) });
    // Their repositories are the embedded platform's.
    if (settings.registry.plainHttp) new DemoImagesChart(app, 'demo-images', { settings, platform });
  }
  const standings = ledgerOf(settings);
  app.node.addValidation({
    validate: () => {
      const declared = PlatformImage.allOf(app).map(({ name }) => name);
      return [
        ...pinProblems(pins, declared).map((problem) => `${pinsFile(environment)}: ${problem}`),
        ...ledgerProblems(standings, declared),
        ...(settings.families.includes('all')
          ? undeclaredProblems(standings, declared, (image) => {
              const family = familyOf(image);
              return family !== undefined && !chosen.includes(family.name);
            })
          : []),
      ];
    },
  });
  app.node.addValidation({ validate: () => [...targetIdProblems(Stack.allOf(app).map(({ name }) => name))] });
  return app;
}
