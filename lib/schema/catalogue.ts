import Ajv, { type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { type Kind, OBJECT_META, type SchemaDocument, type SchemaNode } from './document';
import { suggestion } from '../synth/suggestion';
import { problemLines } from './problem';
import { FORMATS, strictSchema } from './strict';

/** The part of an object that says which schema is its own. */
export interface Typed {
  readonly apiVersion: string;
  readonly kind: string;
}

interface Located {
  readonly definition: string;
  readonly document: number;
}

/**
 * The strict schemas of the kinds that an API server knows.
 *
 * A kind is compiled when an object of it is first asked about: all kinds of Kubernetes would take minutes.
 */
export class SchemaCatalogue {
  private readonly ajv = new Ajv({
    allErrors: true,
    verbose: true,
    strict: false,
    unicodeRegExp: false,
    // Nearly all time goes into compiling; these three save a third of it.
    validateSchema: false,
    inlineRefs: false,
    code: { optimize: false },
  });
  private readonly kinds = new Map<string, Located & Kind>();
  private readonly validators = new Map<string, ValidateFunction>();
  private readonly added = new Set<string>();

  /**
   * @param documents - made by openApiDocument and customResourceDocument; a reference that one of them cannot resolve itself is looked
   * up in the others, such as a CRD's metadata in Kubernetes' own
   */
  constructor(private readonly documents: readonly SchemaDocument[]) {
    addFormats(this.ajv, [...FORMATS]);
    for (const [document, { kinds }] of documents.entries())
      for (const kind of kinds) this.kinds.set(keyOf(apiVersionOf(kind), kind.kind), { ...kind, document });
  }

  /** Whether there is a schema for the kind of an object. */
  knows({ apiVersion, kind }: Typed): boolean {
    return this.kinds.has(keyOf(apiVersion, kind));
  }

  /** Whether the kind's schema says nothing of its spec, as Tekton's did up to 0.65: what is in there only its webhook checks. */
  isOpaque({ apiVersion, kind }: Typed): boolean {
    const found = this.kinds.get(keyOf(apiVersion, kind));
    if (found === undefined) return false;
    const root = this.documents[found.document]?.definitions[found.definition];
    const { apiVersion: _version, kind: _kind, metadata: _metadata, status: _status, ...own } = root?.properties ?? {};
    const fields = Object.values(own);
    return fields.length === 0
      ? keepsUnknown(root)
      : fields.every((field) => keepsUnknown(field) && field.properties === undefined);
  }

  /**
   * What the API server would refuse in an object, or drop from it without a word.
   *
   * @returns a line a problem, such as `spec.steps[0].scirpt: unknown field; did you mean 'script'?`; none when the object is right
   */
  problemsOf(manifest: Typed): readonly string[] {
    if (!this.knows(manifest)) return [this.unknownKind(manifest)];
    const validate = this.validatorOf(manifest);
    return validate(manifest) ? [] : problemLines(validate.errors ?? []);
  }

  private unknownKind({ apiVersion, kind }: Typed): string {
    const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
    const name = group === '' ? 'the core group' : `group ${group}`;
    const siblings = [...this.kinds.values()].filter((each) => each.group === group);
    if (siblings.length === 0) {
      const groups = [...new Set([...this.kinds.values()].map((each) => each.group).filter((each) => each !== ''))];
      return `apiVersion: there is no ${name} (of ${apiVersion} ${kind}); ${suggestion(group, groups)}`;
    }
    const versions = siblings.filter((each) => each.kind === kind).map(apiVersionOf);
    if (versions.length > 0) return `apiVersion: there is no ${apiVersion} ${kind}; ${kind} is of ${versions.join(', ')}`;
    const known = siblings.map((each) => `${apiVersionOf(each)} ${each.kind}`).sort();
    return `kind: there is no ${apiVersion} ${kind}; ${name} has ${known.join(', ')}`;
  }

  private validatorOf({ apiVersion, kind }: Typed): ValidateFunction {
    const key = keyOf(apiVersion, kind);
    const known = this.validators.get(key);
    if (known !== undefined) return known;
    const found = this.kinds.get(key);
    if (found === undefined) throw new Error(`no schema of ${key}`);
    const validate = this.ajv.compile({ $ref: this.add(found) });
    this.validators.set(key, validate);
    return validate;
  }

  /** Gives a definition to the compiler, with all that it refers to; returns its id there. */
  private add({ document, definition }: Located): string {
    // No '/' in it, or references would be relative to it.
    const id = `${document}~${definition}`;
    if (this.added.has(id)) return id;
    // Before its references are followed: a schema may refer to itself.
    this.added.add(id);
    const schema = withoutStatus(this.documents[document]?.definitions[definition] as SchemaNode);
    this.ajv.addSchema(
      strictSchema(definition, schema, (name) => this.add(this.locate(name, { document, definition }))),
      id,
    );
    return id;
  }

  private locate(definition: string, from: Located): Located {
    const has = (document: number): boolean => this.documents[document]?.definitions[definition] !== undefined;
    const document = [from.document, ...this.documents.keys()].find(has);
    if (document !== undefined) return { document, definition };
    const hint = definition === OBJECT_META ? "; add Kubernetes' own document to the catalogue" : '';
    throw new Error(`the schema ${from.definition} refers to ${definition}, which no document of the catalogue defines${hint}`);
  }
}

/** What a controller reports is not a declaration's: nothing to check, and of some kinds the greater half. */
function withoutStatus(schema: SchemaNode): SchemaNode {
  const { properties } = schema;
  return properties?.['metadata'] !== undefined && properties['status'] !== undefined
    ? { ...schema, properties: { ...properties, status: {} } }
    : schema;
}

function keepsUnknown(schema: SchemaNode | undefined): boolean {
  return schema?.['x-kubernetes-preserve-unknown-fields'] === true;
}

function apiVersionOf({ group, version }: Kind): string {
  return group === '' ? version : `${group}/${version}`;
}

function keyOf(apiVersion: string, kind: string): string {
  return `${apiVersion} ${kind}`;
}
