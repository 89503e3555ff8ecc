import { SchemaCatalogue } from '../../lib/schema/catalogue';
import { customResourceDocument, OBJECT_META, openApiDocument, type SchemaNode } from '../../lib/schema/document';

const kubernetes = openApiDocument({
  components: { schemas: { [OBJECT_META]: { type: 'object', properties: { name: { type: 'string' } } } } },
});

function thing(schema: SchemaNode) {
  return customResourceDocument([
    {
      kind: 'CustomResourceDefinition',
      spec: {
        group: 'example.org',
        names: { kind: 'Thing' },
        versions: [
          { name: 'v1', served: true, schema: { openAPIV3Schema: schema } },
          { name: 'v1alpha1', served: false, schema: { openAPIV3Schema: schema } },
        ],
      },
    },
  ]);
}

/** The problems of `spec.field` of a custom resource whose field has this schema. */
function problems(schema: SchemaNode, field: unknown): readonly string[] {
  const spec: SchemaNode = { type: 'object', properties: { field: schema } };
  const catalogue = new SchemaCatalogue([kubernetes, thing({ type: 'object', properties: { spec } })]);
  const manifest = { apiVersion: 'example.org/v1', kind: 'Thing', metadata: { name: 'x' }, spec: { field } };
  return catalogue.problemsOf(manifest);
}

const fields = (properties: Record<string, SchemaNode>, rest: SchemaNode = {}): SchemaNode => ({
  type: 'object',
  properties,
  ...rest,
});
const text = { type: 'string' } as const;

test('an unknown field, with the name that was meant', () => {
  expect(problems(fields({ script: text }), { scirpt: '' })).toEqual([
    "spec.field.scirpt: unknown field; did you mean 'script'?",
  ]);
});

test('an unknown field that resembles none, with all names', () => {
  expect(problems(fields({ script: text, image: text }), { 'a.b/c': '' })).toEqual([
    "spec.field['a.b/c']: unknown field; there are image, script",
  ]);
});

test('a missing field, a wrong type, a value that is not among those allowed', () => {
  expect(problems(fields({ name: text }, { required: ['name'] }), {})).toEqual(['spec.field.name: missing']);
  expect(problems({ type: 'array', items: text }, ['a', 1])).toEqual(['spec.field[1]: must be string, is 1']);
  expect(problems({ type: 'string', enum: ['a', 'b'] }, 'c')).toEqual(['spec.field: must be one of a, b, is "c"']);
});

test('every problem of an object, not only the first', () => {
  expect(problems(fields({ script: text, image: text }), { script: 1, imagee: '' })).toHaveLength(2);
});

test('unknown fields are free where the API server keeps them, and what is declared beside them is still checked', () => {
  const open = fields({ known: text }, { 'x-kubernetes-preserve-unknown-fields': true });
  expect(problems(open, { other: 1 })).toEqual([]);
  expect(problems(open, { known: 1 })).toEqual(['spec.field.known: must be string, is 1']);
  expect(problems({ type: 'object', additionalProperties: text }, { any: 'x' })).toEqual([]);
  expect(problems({ type: 'object', additionalProperties: text }, { any: 1 })).toEqual(['spec.field.any: must be string, is 1']);
  expect(problems({ type: 'object' }, { any: 1 })).toEqual([]);
});

test('rules about values do not make the fields they leave out unknown', () => {
  const either = fields({ a: text, b: text }, { anyOf: [{ properties: { a: {} }, required: ['a'] }, { required: ['b'] }] });
  expect(problems(either, { a: '', b: '' })).toEqual([]);
  expect(problems(either, {})).toEqual([expect.stringMatching(/^spec\.field: must match a schema in anyOf/)]);
});

test('a number or a string, in both spellings of OpenAPI', () => {
  for (const schema of [{ 'x-kubernetes-int-or-string': true }, { type: 'string', format: 'int-or-string' }]) {
    expect(problems(schema, 80)).toEqual([]);
    expect(problems(schema, '80%')).toEqual([]);
    expect(problems(schema, [])).toEqual(['spec.field: must be integer or string, is []']);
  }
});

test('null is a value only where the schema says so', () => {
  expect(problems({ type: 'string' }, null)).toEqual(['spec.field: must be string, is null']);
  expect(problems({ type: 'string', nullable: true }, null)).toEqual([]);
  expect(problems({ type: 'string', nullable: true }, 1)).toEqual([
    expect.stringMatching(/^spec\.field: must match a schema in anyOf, is 1/),
  ]);
});

test('formats that Kubernetes checks', () => {
  expect(problems({ type: 'integer', format: 'int32' }, 2 ** 31)).toEqual([
    'spec.field: must be of the format int32, is 2147483648',
  ]);
  expect(problems({ type: 'string', format: 'date-time' }, 'today')).toHaveLength(1);
  expect(problems({ type: 'string', format: 'of-our-own' }, 'today')).toEqual([]);
});

test("a pattern of Go's that JavaScript cannot read is left to the API server", () => {
  expect(problems({ type: 'string', pattern: '(?P<name>a)' }, 'b')).toEqual([]);
  expect(problems({ type: 'string', pattern: '^a$' }, 'b')).toEqual(['spec.field: must match ^a$, is "b"']);
});

test('an object inside of an object has what every object has', () => {
  const embedded = fields({ spec: text }, { 'x-kubernetes-embedded-resource': true });
  expect(problems(embedded, { apiVersion: 'v1', kind: 'X', metadata: {}, spec: '' })).toEqual([]);
  expect(problems(embedded, { stauts: '' })).toHaveLength(1);
});

test('quantities, and schemas that refer to themselves, in version 2 of OpenAPI', () => {
  const tree: SchemaNode = fields({
    size: { $ref: '#/definitions/io.k8s.apimachinery.pkg.api.resource.Quantity' },
    child: { $ref: '#/definitions/Tree' },
  });
  const root: SchemaNode = {
    ...fields({
      apiVersion: text,
      kind: text,
      metadata: { $ref: `#/definitions/${OBJECT_META}` },
      tree: { $ref: '#/definitions/Tree' },
    }),
    'x-kubernetes-group-version-kind': [{ group: '', version: 'v1', kind: 'Forest' }],
  };
  const catalogue = new SchemaCatalogue([
    kubernetes,
    openApiDocument({ definitions: { Tree: tree, Forest: root, 'io.k8s.apimachinery.pkg.api.resource.Quantity': text } }),
  ]);
  const sized = (size: unknown) => ({ apiVersion: 'v1', kind: 'Forest', tree: { child: { size } } });
  for (const size of [1, 0.5, '1', '1.5Gi', '100m', '1e3', '.5k']) expect(catalogue.problemsOf(sized(size))).toEqual([]);
  expect(catalogue.problemsOf(sized('1 GB'))).toEqual([expect.stringMatching(/^tree\.child\.size: must match .*, is "1 GB"$/)]);
  expect(catalogue.problemsOf(sized(true))).toEqual(['tree.child.size: must be number or string, is true']);
});

test('an unknown kind, version or group, with those that there are', () => {
  const catalogue = new SchemaCatalogue([kubernetes, thing({ type: 'object' })]);
  expect(catalogue.problemsOf({ apiVersion: 'example.org/v1alpha1', kind: 'Thing' })).toEqual([
    'apiVersion: there is no example.org/v1alpha1 Thing; Thing is of example.org/v1',
  ]);
  expect(catalogue.problemsOf({ apiVersion: 'example.org/v1', kind: 'Tihng' })).toEqual([
    'kind: there is no example.org/v1 Tihng; group example.org has example.org/v1 Thing',
  ]);
  expect(catalogue.problemsOf({ apiVersion: 'exmple.org/v1', kind: 'Thing' })).toEqual([
    "apiVersion: there is no group exmple.org (of exmple.org/v1 Thing); did you mean 'example.org'?",
  ]);
});

test('a kind whose schema keeps everything is opaque, and its metadata is checked all the same', () => {
  const stub = new SchemaCatalogue([kubernetes, thing({ type: 'object', 'x-kubernetes-preserve-unknown-fields': true })]);
  const manifest = { apiVersion: 'example.org/v1', kind: 'Thing', metadata: { nmae: 'x' }, spec: { anything: 1 } };
  expect(stub.isOpaque(manifest)).toBe(true);
  expect(stub.problemsOf(manifest)).toEqual(["metadata.nmae: unknown field; did you mean 'name'?"]);
  const real = new SchemaCatalogue([kubernetes, thing(fields({ spec: fields({ size: text }) }))]);
  expect(real.isOpaque(manifest)).toBe(false);
});

test('a reference that no document resolves says so, and from where', () => {
  const catalogue = new SchemaCatalogue([thing(fields({}))]);
  expect(() => catalogue.problemsOf({ apiVersion: 'example.org/v1', kind: 'Thing' })).toThrow(
    /example\.org\.v1\.Thing refers to .*ObjectMeta, which no document .*; add Kubernetes' own document/,
  );
});
