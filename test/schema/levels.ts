/** The API levels that our objects are held to: those of the embedded platform, and the oldest that we render for. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadAll } from 'js-yaml';
import { SchemaCatalogue } from '../../lib/schema/catalogue';
import {
  type CustomResourceDefinition,
  customResourceDocument,
  OBJECT_META,
  type OpenApi,
  openApiDocument,
  type SchemaDocument,
  type SchemaNode,
} from '../../lib/schema/document';
import { kubernetesVersion, tektonVersion } from '../../local/toolchain/modules';
import { download } from './go-modules';

const kubernetes = (version: string): string => `k8s.io/kubernetes@v${version}`;
const tekton = (version: string): string => `github.com/tektoncd/pipeline@v${version}`;

/** The level of cdk8s-plus-27, and the Tekton that Toolforge's build service runs. */
const OLDEST = { kubernetes: '1.27.16', tekton: '0.59.6' } as const;
const GROUPS = [
  'api__v1',
  'apis__apps__v1',
  'apis__batch__v1',
  'apis__networking.k8s.io__v1',
  'apis__rbac.authorization.k8s.io__v1',
] as const;

const found = download([
  kubernetes(OLDEST.kubernetes),
  kubernetes(kubernetesVersion),
  tekton(OLDEST.tekton),
  tekton(tektonVersion),
]);

export interface Level {
  readonly name: string;
  readonly catalogue: SchemaCatalogue;
}

/** Runs tests at each level; elsewhere one skipped test whose title says why. */
export function describeLevels(title: string, tests: (level: Level) => void): void {
  if (found.kind === 'absent') {
    test.skip(`${title} [${found.reason}]`, () => undefined);
    return;
  }
  describe.each(levels(found.folder))(`${title}: $name`, tests);
}

function levels(folder: (module: string) => string): Level[] {
  const newest = kubernetesDocuments(folder(kubernetes(kubernetesVersion)));
  const oldest = kubernetesDocuments(folder(kubernetes(OLDEST.kubernetes)));
  return [
    {
      name: `Kubernetes ${kubernetesVersion} with Tekton ${tektonVersion}`,
      catalogue: new SchemaCatalogue([...newest, tektonCrds(folder(tekton(tektonVersion)))]),
    },
    {
      name: `Kubernetes ${OLDEST.kubernetes} with Tekton ${OLDEST.tekton}`,
      catalogue: new SchemaCatalogue([...oldest, tektonTypes(folder(tekton(OLDEST.tekton)), oldest)]),
    },
  ];
}

function kubernetesDocuments(folder: string): SchemaDocument[] {
  return GROUPS.map((group) => openApiDocument(readJson(join(folder, 'api/openapi-spec/v3', `${group}_openapi.json`))));
}

function tektonCrds(folder: string): SchemaDocument {
  const directory = join(folder, 'config/300-crds');
  const objects = readdirSync(directory).flatMap((file) => loadAll(readFileSync(join(directory, file), 'utf8')));
  return customResourceDocument(objects as CustomResourceDefinition[]);
}

/**
 * Tekton's Go types. Its CRDs of that time say nothing of specs; the types are what its webhook reads objects into.
 *
 * The swagger file calls Kubernetes' types by short names of its own, and describes two types by their Go fields instead of their JSON.
 */
function tektonTypes(folder: string, kubernetesOwn: readonly SchemaDocument[]): SchemaDocument {
  const { definitions = {} } = readJson(join(folder, 'pkg/apis/pipeline/v1/swagger.json'));
  const strings: SchemaNode = { type: 'object', additionalProperties: { type: 'string' } };
  const paramValue: SchemaNode = { anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }, strings] };
  const free: SchemaNode = { 'x-kubernetes-preserve-unknown-fields': true };
  const own = {
    ...definitions,
    'v1.ParamValue': paramValue,
    'v1.Duration': { type: 'string' },
    'v1.ObjectMeta': { $ref: `#/definitions/${OBJECT_META}` },
    'k8s.io.apimachinery.pkg.runtime.RawExtension': free,
    // Types of statuses only, which nobody declares.
    'knative.Condition': free,
    'github.com.tektoncd.pipeline.pkg.apis.config.FeatureFlags': free,
    'github.com.tektoncd.pipeline.pkg.apis.run.v1beta1.CustomRunStatus': free,
  };
  const missing = [...JSON.stringify(own).matchAll(/"#\/definitions\/(v1\.\w+)"/g)].map(([, name]) => name ?? '');
  const borrowed = missing.filter((name) => !(name in own)).map((name) => [name, { $ref: longName(name, kubernetesOwn) }]);
  const kinds = ['Task', 'TaskRun', 'Pipeline', 'PipelineRun'] as const;
  return {
    definitions: { ...own, ...(Object.fromEntries(borrowed) as Record<string, SchemaNode>) },
    kinds: kinds.map((kind) => ({ group: 'tekton.dev', version: 'v1', kind, definition: `v1.${kind}` })),
  };
}

function longName(short: string, documents: readonly SchemaDocument[]): string {
  const names = ['io.k8s.api.core', 'io.k8s.apimachinery.pkg.apis.meta'].map((prefix) => `${prefix}.${short}`);
  const known = names.find((name) => documents.some(({ definitions }) => name in definitions));
  if (known === undefined) throw new Error(`Kubernetes has none of ${names.join(', ')}`);
  return `#/definitions/${known}`;
}

function readJson(file: string): OpenApi {
  return JSON.parse(readFileSync(file, 'utf8')) as OpenApi;
}
