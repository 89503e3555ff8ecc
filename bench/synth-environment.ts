import { ApiObject, type Chart } from 'cdk8s';
import type { Construct } from 'constructs';

const OBJECTS_PER_CHART = 10;
const NAMESPACE = 'builds';
const step = (name: string) => ({
  name,
  image: 'registry.example/platform/toolbox:c-0123456789abcdef',
  env: [
    { name: 'HOME', value: '/tmp' },
    { name: 'IMAGE', value: '$(params.image)' },
  ],
  volumeMounts: [{ name: 'work', mountPath: '/work' }],
  computeResources: { requests: { cpu: '100m', memory: '256Mi' }, limits: { memory: '256Mi' } },
  securityContext: {
    runAsNonRoot: true,
    runAsUser: 65534,
    allowPrivilegeEscalation: false,
    capabilities: { drop: ['ALL'] },
    seccompProfile: { type: 'RuntimeDefault' },
  },
  script: `#!/bin/bash\n${Array.from({ length: 20 }, (_, i) => `echo "line ${i} of ${name}: $IMAGE"`).join('\n')}\n`,
});

/** Ten objects as a language has them: accounts, files, tasks, a pipeline and its runs, which name each other. */
function fill(chart: Chart, n: number): void {
  const make = (kind: string, apiVersion: string, id: string, rest: object): ApiObject =>
    new ApiObject(chart, id, { apiVersion, kind, metadata: { name: `${id}-${n}`, namespace: NAMESPACE }, ...rest });
  make('ServiceAccount', 'v1', 'builder', { automountServiceAccountToken: false });
  for (const id of ['files', 'settings'])
    make('ConfigMap', 'v1', id, { data: { 'a.sh': step(id).script, 'b.toml': 'key = "value"\nother = 1\n' } });
  make('Role', 'rbac.authorization.k8s.io/v1', 'reader', {
    rules: [{ apiGroups: [''], resources: ['pods', 'pods/log'], verbs: ['get', 'list'] }],
  });
  make('RoleBinding', 'rbac.authorization.k8s.io/v1', 'reads', {
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: `reader-${n}` },
    subjects: [{ kind: 'ServiceAccount', name: `builder-${n}`, namespace: NAMESPACE }],
  });
  for (const id of ['fetch', 'build'])
    make('Task', 'tekton.dev/v1', id, {
      spec: {
        params: [{ name: 'image', type: 'string' }],
        volumes: [{ name: 'work', emptyDir: {} }],
        steps: ['prepare', 'make', 'push'].map(step),
      },
    });
  make('Pipeline', 'tekton.dev/v1', 'pipeline', {
    spec: {
      params: [{ name: 'image', type: 'string' }],
      tasks: ['fetch', 'build'].map((id) => ({
        name: id,
        taskRef: { kind: 'Task', name: `${id}-${n}` },
        params: [{ name: 'image', value: '$(params.image)' }],
      })),
    },
  });
  for (const id of ['run', 'run-again'])
    make('PipelineRun', 'tekton.dev/v1', id, {
      spec: {
        pipelineRef: { name: `pipeline-${n}` },
        params: [{ name: 'image', value: `registry.example/images/${id}-${n}:c-0123456789abcdef` }],
        taskRunTemplate: { serviceAccountName: `builder-${n}`, podTemplate: { automountServiceAccountToken: false } },
      },
    });
}

/** So many objects in charts of ten; chained, each chart after the one before. */
export function declareObjects<App extends Construct>(
  app: App,
  objects: number,
  chart: (app: App, id: string) => Chart,
  chained: boolean,
): App {
  let before: Chart | undefined;
  for (let n = 0; n < objects / OBJECTS_PER_CHART; n++) {
    const made = chart(app, `chart${n}`);
    fill(made, n);
    if (chained && before) made.addDependency(before);
    before = made;
  }
  return app;
}
