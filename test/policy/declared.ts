/** Objects as tests of policies declare them, and what the policies of an environment find in them. */
import { ApiObject } from 'cdk8s';
import { TOOL_VOLUMES } from '../../lib/toolforge/pod-storage';
import { environmentPolicies } from '../../lib/policy/environment-policies';
import type { PolicyName } from '../../lib/policy/policy';
import { EnvironmentApp } from '../../lib/synth/app';
import { EnvironmentChart } from '../../lib/synth/chart';
export const DIGEST = `sha256:${'a'.repeat(64)}`;
export const IMAGE = `registry.example/tool@${DIGEST}`;
export const TOOLBOX = 'hub.example/toolbox:bookworm';
export const policies = environmentPolicies({
  images: { registries: ['registry.example'], addressed: 'registry.example/ours', exactly: [TOOLBOX] },
  trusted: [TOOLBOX],
  credentials: { push: ['push'], build: ['first', 'last'] },
  hostPaths: TOOL_VOLUMES,
});

export const SECURE = {
  runAsNonRoot: true,
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  seccompProfile: { type: 'RuntimeDefault' },
};
export const RESOURCES = { requests: { cpu: '100m', memory: '1Gi' }, limits: { memory: '1Gi' } };
export const step = (changed: object = {}) => ({
  name: 'make',
  image: IMAGE,
  securityContext: SECURE,
  computeResources: RESOURCES,
  ...changed,
});
export const task = (...steps: object[]) => ({ spec: { steps } });

export type Declared = readonly [kind: string, name: string, rest: object, labels?: Record<string, string>, namespace?: string];

/** The violations of objects in namespace builds: policy and message. */
export function violations(...objects: readonly Declared[]): [PolicyName, string][] {
  const chart = new EnvironmentChart(new EnvironmentApp('test'), 'chart', { namespace: 'builds' });
  for (const [kind, name, rest, labels = {}, namespace] of objects) {
    const apiVersion = /^(Task|Pipeline)/.test(kind) ? 'tekton.dev/v1' : 'v1';
    new ApiObject(chart, `${kind}-${name}`, {
      apiVersion,
      kind,
      metadata: { name, labels, ...(namespace !== undefined && { namespace }) },
      ...rest,
    });
  }
  const app = chart.node.root as EnvironmentApp;
  return policies.violations(app.synthesize().objects).map(({ policy, message }) => [policy, message]);
}

export const secured = (changed: object) => step({ securityContext: { ...SECURE, ...changed } });
export const pod = (changed: object = {}, container: object = {}) => ({
  spec: {
    automountServiceAccountToken: false,
    containers: [{ name: 'main', image: IMAGE, securityContext: SECURE, resources: RESOURCES, ...container }],
    ...changed,
  },
});

/** A run without fault, but for what is changed in its spec and in the template of its pods. */
export const run = (changed: object = {}, podTemplate: object = {}) => ({
  spec: { taskRunTemplate: { podTemplate: { automountServiceAccountToken: false, ...podTemplate } }, ...changed },
});
