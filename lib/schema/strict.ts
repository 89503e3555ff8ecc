import type { SchemaNode } from './document';

/** Keywords that mean the same in OpenAPI and in JSON schema. Descriptions, defaults and extensions are left behind. */
const KEPT = [
  ...['required', 'enum', 'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'],
  ...['minLength', 'maxLength', 'minItems', 'maxItems', 'uniqueItems', 'minProperties', 'maxProperties'],
] as const;

/** The formats that Kubernetes itself holds objects to. */
export const FORMATS = ['int32', 'int64', 'float', 'double', 'byte', 'date-time'] as const;

const INT_OR_STRING = { type: ['integer', 'string'] } as const;
// apimachinery/pkg/api/resource/quantity.go
const QUANTITY = {
  type: ['number', 'string'],
  pattern: '^[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+|[KMGTPE]i|[numkMGTPE])?$',
} as const;

/** Definitions whose schema in OpenAPI says less, or other things, than the API server accepts. */
const SPECIAL: readonly (readonly [suffix: string, schema: SchemaNode])[] = [
  ['.resource.Quantity', QUANTITY],
  ['.intstr.IntOrString', INT_OR_STRING],
];

/**
 * A definition of an OpenAPI document as a JSON schema that refuses unknown fields.
 *
 * Fields are free only where the API server keeps unknown ones: under x-kubernetes-preserve-unknown-fields, in maps
 * (additionalProperties), and in objects of which nothing is declared.
 *
 * @param refer - what to write instead of a reference to a definition
 */
export function strictSchema(name: string, schema: SchemaNode, refer: (definition: string) => string): SchemaNode {
  const special = SPECIAL.find(([suffix]) => name.endsWith(suffix))?.[1];
  return special ?? strict(schema, refer);
}

function strict(schema: SchemaNode, refer: (definition: string) => string): SchemaNode {
  const { type, properties, additionalProperties } = schema;
  if (schema.$ref !== undefined) return nullable(schema, { $ref: refer(definitionName(schema.$ref)) });
  if (schema['x-kubernetes-int-or-string'] === true || schema.format === 'int-or-string') return nullable(schema, INT_OR_STRING);
  const isOpen = schema['x-kubernetes-preserve-unknown-fields'] === true || additionalProperties === true;
  const fields = properties ?? (schema['x-kubernetes-embedded-resource'] === true && !isOpen ? {} : undefined);
  const isClosed = additionalProperties === false || (fields !== undefined && !isOpen && additionalProperties === undefined);
  return nullable(schema, {
    ...valueRules(schema, (each) => strict(each, refer)),
    ...(type !== undefined && { type }),
    ...(fields !== undefined && {
      properties: mapValues(embedded(schema, fields), (each) => strict(each, refer)),
    }),
    ...(isClosed && { additionalProperties: false }),
    ...(typeof additionalProperties === 'object' && { additionalProperties: strict(additionalProperties, refer) }),
    ...(schema.items !== undefined && { items: strict(schema.items, refer) }),
  });
}

/** The rules for values, in which a structural schema declares no fields: what they do not name is not unknown. */
function valueRules(schema: SchemaNode, convert: (schema: SchemaNode) => SchemaNode): SchemaNode {
  const kept = KEPT.filter((keyword) => schema[keyword] !== undefined).map((keyword) => [keyword, schema[keyword]]);
  const loose = (each: SchemaNode): SchemaNode =>
    each.$ref === undefined
      ? convert({ ...each, ...(each.properties && { 'x-kubernetes-preserve-unknown-fields': true }) })
      : convert(each);
  return {
    ...(Object.fromEntries(kept) as SchemaNode),
    ...(isFormat(schema.format) && { format: schema.format }),
    ...(isPattern(schema.pattern) && { pattern: schema.pattern }),
    ...(schema.allOf && { allOf: schema.allOf.map(loose) }),
    ...(schema.anyOf && { anyOf: schema.anyOf.map(loose) }),
    ...(schema.oneOf && { oneOf: schema.oneOf.map(loose) }),
    ...(schema.not && { not: loose(schema.not) }),
  };
}

/** Objects inside of objects carry what every object carries, whether or not the schema says so. */
function embedded(schema: SchemaNode, fields: Readonly<Record<string, SchemaNode>>): Readonly<Record<string, SchemaNode>> {
  if (schema['x-kubernetes-embedded-resource'] !== true) return fields;
  return { apiVersion: { type: 'string' }, kind: { type: 'string' }, metadata: { type: 'object' }, ...fields };
}

function nullable(from: SchemaNode, to: SchemaNode): SchemaNode {
  return from.nullable === true ? { anyOf: [{ type: 'null' }, to] } : to;
}

function definitionName(reference: string): string {
  return reference.slice(reference.lastIndexOf('/') + 1);
}

function isFormat(format: string | undefined): boolean {
  return (FORMATS as readonly (string | undefined)[]).includes(format);
}

/** Patterns are Go's; the few that JavaScript cannot read are left to the API server. */
function isPattern(pattern: string | undefined): boolean {
  if (pattern === undefined) return false;
  try {
    return new RegExp(pattern).source !== '';
  } catch {
    return false;
  }
}

function mapValues<T>(record: Readonly<Record<string, T>>, change: (value: T) => T): Record<string, T> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}
