/** A node of an OpenAPI or JSON schema, as far as this room looks into it. */
export interface SchemaNode {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly additionalProperties?: boolean | SchemaNode;
  readonly items?: SchemaNode;
  readonly allOf?: readonly SchemaNode[];
  readonly anyOf?: readonly SchemaNode[];
  readonly oneOf?: readonly SchemaNode[];
  readonly not?: SchemaNode;
  readonly enum?: readonly unknown[];
  readonly format?: string;
  readonly nullable?: boolean;
  readonly pattern?: string;
  readonly $ref?: string;
  readonly 'x-kubernetes-preserve-unknown-fields'?: boolean;
  readonly 'x-kubernetes-int-or-string'?: boolean;
  readonly 'x-kubernetes-embedded-resource'?: boolean;
  readonly 'x-kubernetes-group-version-kind'?: readonly Kind[];
  readonly [keyword: string]: unknown;
}

/** Which kind of object a schema describes. The core group is ''. */
export interface Kind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

/** Schemas that refer to each other by name, and the kinds of objects among them. */
export interface SchemaDocument {
  readonly definitions: Readonly<Record<string, SchemaNode>>;
  readonly kinds: readonly (Kind & { readonly definition: string })[];
}

/** What the API server serves below /openapi/v3 (components), or its older swagger (definitions). */
export interface OpenApi {
  readonly components?: { readonly schemas?: Readonly<Record<string, SchemaNode>> };
  readonly definitions?: Readonly<Record<string, SchemaNode>>;
}

/** A CustomResourceDefinition of apiextensions.k8s.io/v1. */
export interface CustomResourceDefinition {
  readonly kind: string;
  readonly spec: {
    readonly group: string;
    readonly names: { readonly kind: string };
    readonly versions: readonly {
      readonly name: string;
      readonly served: boolean;
      readonly schema?: { readonly openAPIV3Schema?: SchemaNode };
    }[];
  };
}

/** The definition of every object's metadata. */
export const OBJECT_META = 'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta';

/** An OpenAPI document of version 2 or 3; the kinds are those of objects, not of lists, options and statuses. */
export function openApiDocument({ components, definitions = components?.schemas ?? {} }: OpenApi): SchemaDocument {
  const kinds = Object.entries(definitions).flatMap(([definition, schema]) =>
    isObject(schema) ? (schema['x-kubernetes-group-version-kind'] ?? []).map((kind) => ({ ...kind, definition })) : [],
  );
  return { definitions, kinds };
}

/** The schemas of CustomResourceDefinitions, with the metadata that the API server adds to each. */
export function customResourceDocument(crds: readonly CustomResourceDefinition[]): SchemaDocument {
  const kinds = crds.flatMap(({ spec: { group, names, versions } }) =>
    versions
      .filter(({ served }) => served)
      .map(({ name, schema }) => {
        const kind = { group, version: name, kind: names.kind, definition: `${group}.${name}.${names.kind}` };
        return { kind, schema: schema?.openAPIV3Schema ?? { 'x-kubernetes-preserve-unknown-fields': true } };
      }),
  );
  const definitions = kinds.map(({ kind, schema }) => [kind.definition, withMetadata(schema)]);
  return {
    definitions: Object.fromEntries(definitions) as Record<string, SchemaNode>,
    kinds: kinds.map(({ kind }) => kind),
  };
}

function withMetadata(schema: SchemaNode): SchemaNode {
  const own = { apiVersion: { type: 'string' }, kind: { type: 'string' }, metadata: { $ref: `#/definitions/${OBJECT_META}` } };
  return { ...schema, properties: { ...schema.properties, ...own } };
}

function isObject({ properties }: SchemaNode): boolean {
  const metadata = properties?.['metadata'];
  const referred = [metadata?.$ref, ...(metadata?.allOf ?? []).map(({ $ref }) => $ref)];
  return referred.some(($ref) => $ref?.endsWith('.ObjectMeta') === true);
}
