/** `node --require ./cli/require.cjs bench/synth-measured.ts <way> <objects> <file>`: one measurement, in a process of its own; says it as JSON. */
import { readFileSync, writeFileSync } from 'node:fs';
import { App, Chart } from 'cdk8s';
import { dump } from 'js-yaml';
import { environmentPolicies } from '../lib/policy/environment-policies';
import { EnvironmentApp } from '../lib/synth/app';
import { EnvironmentChart } from '../lib/synth/chart';
import { renderEnvironment } from '../lib/synth/dist';
import { declareObjects } from './synth-environment';
import type { SynthMeasurement, Way } from './synth-page';

const policies = environmentPolicies({
  images: { registries: ['registry.example'], addressed: 'registry.example' },
  trusted: [],
  credentials: {},
  hostPaths: [],
});

/** What is timed, made ready. */
function prepared(way: Way, objects: number, file: string): () => unknown {
  switch (way) {
    case 'floor': {
      const finished = JSON.parse(readFileSync(file, 'utf8')) as readonly object[];
      return () => finished.map((manifest) => dump(manifest, { lineWidth: -1, noRefs: true })).join('---\n');
    }
    case 'ours':
    case 'finish': {
      const app = new EnvironmentApp('bench', { whole: true, policies });
      declareObjects(app, objects, (scope, id) => new EnvironmentChart(scope, id), true);
      if (way === 'ours') return () => renderEnvironment(app.synthesize().charts);
      return () => {
        writeFileSync(file, JSON.stringify(app.synthesize().objects.map(({ manifest }) => manifest)));
      };
    }
    case 'cdk8s':
    case 'cdk8s-unchained': {
      const app = new App();
      declareObjects(app, objects, (scope, id) => new Chart(scope, id, { disableResourceNameHashes: true }), way === 'cdk8s');
      return () => app.synthYaml();
    }
  }
}

const [way, objects, file] = process.argv.slice(2) as [Way, string, string];
const work = prepared(way, Number(objects), file);
const before = process.cpuUsage();
work();
const { user, system } = process.cpuUsage(before);
const measured: SynthMeasurement = {
  seconds: (user + system) / 1e6,
  // KiB, the largest that the process ever was.
  peak: process.resourceUsage().maxRSS * 1024,
};
console.log(JSON.stringify(measured));
