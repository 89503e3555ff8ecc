import { ApiObject, Chart } from 'cdk8s';
import { mustMatch } from '../../lib/deploy/server-schemas';
import { OBJECT_META, type OpenApi, type SchemaNode } from '../../lib/schema/document';
import { EnvironmentApp } from '../../lib/synth/app';
import type { Manifest, SynthesizedObject } from '../../lib/synth/synthesized';

const meta: SchemaNode = {
  type: 'object',
  properties: {
    name: { type: 'string' },
    namespace: { type: 'string' },
    labels: { type: 'object' },
    annotations: { type: 'object' },
  },
};

/** A document of the core group with one kind, as the API server serves it. */
function server(kind: string, group: string, version: string, fields: Record<string, SchemaNode>): OpenApi {
  const common = {
    apiVersion: { type: 'string' },
    kind: { type: 'string' },
    metadata: { allOf: [{ $ref: `#/components/schemas/${OBJECT_META}` }] },
  };
  const schema = {
    type: 'object',
    properties: { ...common, ...fields },
    'x-kubernetes-group-version-kind': [{ group, version, kind }],
  };
  return { components: { schemas: { [OBJECT_META]: meta, [kind]: schema } } };
}

const core = server('ConfigMap', '', 'v1', { data: { type: 'object', additionalProperties: { type: 'string' } } });
const definitions = server('CustomResourceDefinition', 'apiextensions.k8s.io', 'v1', {
  spec: { type: 'object' },
});

function synthesize(...manifests: readonly Omit<Manifest, 'metadata'>[]): readonly SynthesizedObject[] {
  const app = new EnvironmentApp('test');
  const chart = new Chart(app, 'chart', { disableResourceNameHashes: true });
  for (const [i, manifest] of manifests.entries())
    new ApiObject(chart, `object-${i}`, { ...(manifest as Manifest), metadata: { name: `object-${i}` } });
  return app.synthesize().objects;
}

test('a misspelt field is refused with the construct, the object and the field', () => {
  const objects = synthesize({ apiVersion: 'v1', kind: 'ConfigMap', dta: { a: 'b' } });
  expect(() => mustMatch(objects, [core])).toThrow(
    'nothing was changed, because objects do not match the schemas of the API server:\n' +
      "  - chart/object-0: ConfigMap object-0: dta: unknown field; did you mean 'data'?",
  );
});

test('objects that match are accepted', () => {
  expect(mustMatch(synthesize({ apiVersion: 'v1', kind: 'ConfigMap', data: { a: 'b' } }), [core])).toEqual({ opaqueKinds: [] });
});

test('a kind that the server lacks is named once, with the number of its objects', () => {
  const task = { apiVersion: 'tekton.dev/v1', kind: 'Task', spec: {} };
  expect(() => mustMatch(synthesize(task, task), [core])).toThrow(
    'the API server does not know tekton.dev/v1 Task (2 objects), and no object of this deployment declares them. Is Tekton installed in this cluster?',
  );
});

const crd = (schema: SchemaNode): Omit<Manifest, 'metadata'> => ({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  spec: {
    group: 'example.org',
    names: { kind: 'Thing', plural: 'things' },
    scope: 'Namespaced',
    versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: schema } }],
  },
});

test('a kind that the same deployment declares is held to what it declares', () => {
  const size = { type: 'object', properties: { spec: { type: 'object', properties: { size: { type: 'string' } } } } } as const;
  const thing = (spec: object) => ({ apiVersion: 'example.org/v1', kind: 'Thing', spec });
  expect(mustMatch(synthesize(crd(size), thing({ size: 'L' })), [core, definitions])).toEqual({ opaqueKinds: [] });
  expect(() => mustMatch(synthesize(crd(size), thing({ sise: 'L' })), [core, definitions])).toThrow(
    "spec.sise: unknown field; did you mean 'size'?",
  );
});

test('kinds of which the schemas say nothing are named', () => {
  const stub = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };
  const objects = synthesize(crd(stub), { apiVersion: 'example.org/v1', kind: 'Thing', spec: { any: 1 } });
  expect(mustMatch(objects, [core, definitions])).toEqual({ opaqueKinds: ['example.org/v1 Thing'] });
});
