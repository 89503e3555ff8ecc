/**
 * Property values as the Pulumi engine sends them: JSON in which secrets and values not known yet are marked.
 * @see https://pulumi-developer-docs.readthedocs.io/latest/docs/architecture/types.html
 */

const signatureKey = '4dabf18193072939515e22adb298388d';
const secretSignature = '1b47061264138c4ac30d75fd1eb44270';
const outputSignature = 'd0e6a833031e9bbcd3f4e8bde6ca49a4';
const resourceSignature = '5cf8f73096256a8f31e491e813e4eb8e';
const unknownMarkers = new Set([
  '04da6b54-80e4-46f7-96ec-b56ff0331ba9',
  '6a19a0b0-7e62-4c92-b797-7f8e31da9cc2',
  '030794c1-ac77-496b-92df-f27374a8bd58',
  'e48ece36-62e2-4504-bad9-02848725956a',
  'dd056dcd-154b-4c76-9bd3-c8f88648b5ff',
  '1c4a061d-8072-4f0a-a4cb-0ff528b18fe7',
  '3eeb2bf0-c639-47a8-9e75-3b44932eb421',
]);
const unknownString = '04da6b54-80e4-46f7-96ec-b56ff0331ba9';

/** A value that is known only after an update. */
export class Unknown {
  public static readonly value = new Unknown();
  private constructor() {
    // one instance is enough
  }
}

/** A value that the engine encrypts in its state. */
export class Secret {
  public constructor(public readonly element: PropertyValue) {}
}

export type PropertyValue = null | boolean | number | string | Secret | Unknown | PropertyValue[] | PropertyMap;
export interface PropertyMap {
  [key: string]: PropertyValue;
}

export type Json = null | boolean | number | string | Json[] | JsonMap;
export interface JsonMap {
  [key: string]: Json;
}

export function isPropertyMap(value: PropertyValue | undefined): value is PropertyMap {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Secret) &&
    !(value instanceof Unknown)
  );
}

export function decodeValue(json: Json): PropertyValue {
  if (typeof json === 'string') return unknownMarkers.has(json) ? Unknown.value : json;
  if (typeof json !== 'object' || json === null) return json;
  if (Array.isArray(json)) return json.map(decodeValue);
  switch (json[signatureKey]) {
    case secretSignature:
      return new Secret(decodeValue(json['value'] ?? null));
    case outputSignature: {
      const value = 'value' in json ? decodeValue(json['value'] ?? null) : Unknown.value;
      return json['secret'] === true ? new Secret(value) : value;
    }
    case resourceSignature:
      return json['id'] ?? Unknown.value;
    default:
      return decodeMap(json);
  }
}

export function decodeMap(json: JsonMap): PropertyMap {
  return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, decodeValue(value)]));
}

export function encodeValue(value: PropertyValue, keepSecrets: boolean): Json {
  if (value instanceof Unknown) return unknownString;
  if (value instanceof Secret) {
    const element = encodeValue(value.element, keepSecrets);
    return keepSecrets ? { [signatureKey]: secretSignature, value: element } : element;
  }
  if (Array.isArray(value)) return value.map((item) => encodeValue(item, keepSecrets));
  if (isPropertyMap(value)) return encodeMap(value, keepSecrets);
  return value;
}

export function encodeMap(map: PropertyMap, keepSecrets: boolean): JsonMap {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, encodeValue(value, keepSecrets)]));
}

export function containsSecret(value: PropertyValue): boolean {
  if (value instanceof Secret) return true;
  if (Array.isArray(value)) return value.some(containsSecret);
  return isPropertyMap(value) && Object.values(value).some(containsSecret);
}
