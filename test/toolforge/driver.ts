/** The real jq programs of the driver, with the files of a family. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { contractFiles, contractOf } from '../../lib/toolforge/contract/contract';
import type { ImageKind, Shape } from '../../lib/toolforge/contract/item';
import type { Contracts } from '../../lib/toolforge/contract/language-contract';
import { toolOf } from '../../lib/toolforge/tool';

const hasJq = spawnSync('jq', ['--version']).status === 0;
/** Skipped by name where there is no jq. */
export const testWithJq = hasJq ? test : test.skip;
const driver = join(__dirname, '../../lib/toolforge/contract/driver');

/** What a program of driver/ makes of an input. */
export function jq(program: string, input: unknown, args: Readonly<Record<string, unknown>>, raw: string[] = []): unknown {
  const options = Object.entries(args).flatMap(([name, value]) =>
    typeof value === 'string' ? ['--arg', name, value] : ['--argjson', name, JSON.stringify(value)],
  );
  const { stdout, stderr } = spawnSync('jq', [...raw, ...options, '-f', join(driver, program)], {
    input: JSON.stringify(input),
    encoding: 'utf8',
  });
  if (stderr !== '') throw new Error(stderr);
  return raw.length > 0 ? stdout.trimEnd() : JSON.parse(stdout);
}

/** As steps/pods.sh writes it, but for the family. */
export const PLAN = {
  id: '0123456789',
  image: `registry.test/x@sha256:${'0'.repeat(64)}`,
  toolbox: 'registry.test/toolbox:1',
  tools: [toolOf('tools', { name: 'one', uid: 50001 }), toolOf('tools', { name: 'two', uid: 50002 })],
};

/** The checks of one pod. */
export interface Planned {
  readonly shape: Shape;
  readonly inside: readonly string[];
  readonly outside: readonly string[];
}

/** What a pod of the contract is. */
export interface Pod {
  readonly metadata: { readonly labels: Readonly<Record<string, string>> };
  readonly spec: {
    readonly automountServiceAccountToken: boolean;
    readonly securityContext: object;
    readonly dnsPolicy?: string;
    readonly volumes?: readonly object[];
    readonly nodeSelector?: object;
    readonly affinity?: object;
    readonly containers: readonly {
      readonly image: string;
      readonly command: readonly string[];
      readonly workingDir?: string;
      readonly volumeMounts?: readonly object[];
      readonly securityContext: object;
      readonly env: readonly { readonly name: string; readonly value: string }[];
    }[];
  };
}

/** The driver as it tries images of a kind. */
export function driverOf(image: ImageKind, contracts: Contracts) {
  const { files: own } = contractOf(image, contracts);
  const files = { ...contractFiles, ...own };
  const items = JSON.parse(own['items.json'] ?? '') as unknown;
  return {
    files,
    items,
    shapes: () => jq('plan.jq', items, {}) as readonly Planned[],
    podOf: (shape: string, mounts: 'declared' | 'admission' = 'declared', checks: readonly string[] = ['nss']) => {
      const pod = jq('pod.jq', null, {
        plan: { ...PLAN, mounts, family: image },
        tool: PLAN.tools[0],
        shape,
        checks,
        files,
      }) as Pod;
      const [container] = pod.spec.containers;
      if (!container) throw new Error('no container');
      const env = Object.fromEntries(container.env.map(({ name, value }) => [name, value]));
      return { ...pod, container, env };
    },
  };
}
