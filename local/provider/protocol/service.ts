/**
 * The provider's gRPC service: turns messages into the operations' plain types and back. The only file that knows the messages.
 * @see https://pulumi-developer-docs.readthedocs.io/latest/docs/architecture/providers/
 */
import * as grpc from '@grpc/grpc-js';
import { type IResourceProviderServer } from '@pulumi/pulumi/proto/provider_grpc_pb';
import { PluginInfo } from '@pulumi/pulumi/proto/plugin_pb';
import * as messages from '@pulumi/pulumi/proto/provider_pb';
import { Empty } from 'google-protobuf/google/protobuf/empty_pb';
import { Struct } from 'google-protobuf/google/protobuf/struct_pb';

import type { Change } from '../diff/detailed-diff';
import { version } from '../identity';
import type { NamingRule } from '../objects/naming';
import { check } from '../operations/check';
import { configure } from '../operations/configure';
import { create } from '../operations/create';
import { remove } from '../operations/delete';
import { diff } from '../operations/diff';
import type { Provider } from '../operations/provider';
import { diffProvider } from '../operations/provider-diff';
import { read } from '../operations/read';
import { update } from '../operations/update';
import type { Engine } from './engine';
import { toServiceError } from './failures';
import { decodeMap, encodeMap, type PropertyMap } from './values';

type Handler<Request, Response> = grpc.handleUnaryCall<Request, Response>;

const { Kind } = messages.PropertyDiff;
const kinds = {
  add: [Kind.ADD, Kind.ADD_REPLACE],
  delete: [Kind.DELETE, Kind.DELETE_REPLACE],
  update: [Kind.UPDATE, Kind.UPDATE_REPLACE],
} as const;

function unary<Request, Response>(handle: (request: Request) => Promise<Response> | Response): Handler<Request, Response> {
  return (call, callback) => {
    void (async () => {
      try {
        callback(null, await handle(call.request));
      } catch (error) {
        callback(toServiceError(error));
      }
    })();
  };
}

function refuse<Request, Response>(name: string): Handler<Request, Response> {
  return (_call, callback) => {
    const details = `${name} is not implemented by the stand-in for the Kubernetes provider`;
    callback({ name: 'Unimplemented', message: details, code: grpc.status.UNIMPLEMENTED, details });
  };
}

function properties(struct: Struct | undefined): PropertyMap {
  return struct === undefined ? {} : decodeMap(struct.toJavaScript());
}

function namingRule(request: messages.CheckRequest): NamingRule {
  const options = request.getAutonaming();
  const { Mode } = messages.CheckRequest.AutonamingOptions;
  if (options === undefined) return { kind: 'provider' };
  return options.getMode() === Mode.DISABLE ? { kind: 'disabled' } : { kind: 'proposed', name: options.getProposedName() };
}

function propertyDiff(change: Change): messages.PropertyDiff {
  const [inPlace, replacing] = kinds[change.kind];
  const message = new messages.PropertyDiff();
  message.setKind(change.replaces ? replacing : inPlace);
  message.setInputdiff(change.kind === 'delete');
  return message;
}

/** `cancel` is aborted when the engine wants running operations to end. */
export function makeService(engine: Engine, cancel: AbortController): IResourceProviderServer {
  let configured: Provider | undefined;
  const provider = (): Provider => {
    if (configured === undefined) throw new Error('the provider is not configured');
    return configured;
  };
  const struct = (map: PropertyMap): Struct => Struct.fromJavaScript(encodeMap(map, configured?.keepSecrets ?? true));

  return {
    handshake: refuse('Handshake'),
    parameterize: refuse('Parameterize'),
    invoke: refuse('Invoke'),
    call: refuse('Call'),
    construct: refuse('Construct (components of this provider, such as Helm charts and ConfigGroup)'),
    list: (call) => {
      call.destroy(new Error('List is not implemented by the stand-in for the Kubernetes provider'));
    },
    getMapping: unary(() => new messages.GetMappingResponse()),
    getMappings: unary(() => new messages.GetMappingsResponse()),
    getSchema: unary(() => {
      const response = new messages.GetSchemaResponse();
      response.setSchema(JSON.stringify({ name: 'kubernetes', version: version.split('+')[0] }));
      return response;
    }),
    getPluginInfo: unary(() => {
      const info = new PluginInfo();
      info.setVersion(version);
      return info;
    }),
    attach: unary((request) => {
      engine.connect(request.getAddress());
      return new Empty();
    }),
    cancel: unary(() => {
      cancel.abort();
      return new Empty();
    }),
    checkConfig: unary((request) => {
      const response = new messages.CheckResponse();
      response.setInputs(request.getNews());
      return response;
    }),
    diffConfig: unary(async (request) => {
      const result = await diffProvider(properties(request.getOlds()), properties(request.getNews()));
      const response = new messages.DiffResponse();
      const { DiffChanges } = messages.DiffResponse;
      response.setChanges(result.changed.length === 0 ? DiffChanges.DIFF_NONE : DiffChanges.DIFF_SOME);
      response.setDiffsList([...result.changed]);
      response.setReplacesList([...result.replaces]);
      return response;
    }),
    configure: unary(async (request) => {
      const variables = new Map(request.getVariablesMap().toArray());
      const acceptSecrets = request.getAcceptsecrets();
      configured = await configure({ urn: request.getUrn() ?? '', variables, acceptSecrets }, engine, cancel.signal);
      const response = new messages.ConfigureResponse();
      response.setAcceptsecrets(true);
      response.setSupportspreview(true);
      response.setSupportsAutonamingConfiguration(true);
      return response;
    }),
    check: unary(async (request) => {
      const inputs = await check(provider(), {
        urn: request.getUrn(),
        olds: properties(request.getOlds()),
        news: properties(request.getNews()),
        seed: request.getRandomseed_asU8(),
        naming: namingRule(request),
      });
      const response = new messages.CheckResponse();
      response.setInputs(struct(inputs));
      return response;
    }),
    diff: unary(async (request) => {
      const result = await diff(provider(), {
        urn: request.getUrn(),
        olds: properties(request.getOlds()),
        news: properties(request.getNews()),
        ignoreChanges: request.getIgnorechangesList(),
      });
      const response = new messages.DiffResponse();
      const { DiffChanges } = messages.DiffResponse;
      const changed = result.changes.size > 0 || result.replaces.length > 0;
      response.setChanges(changed ? DiffChanges.DIFF_SOME : DiffChanges.DIFF_NONE);
      response.setReplacesList([...result.replaces]);
      response.setDeletebeforereplace(result.deleteBeforeReplace);
      response.setHasdetaileddiff(true);
      for (const [path, change] of result.changes) response.getDetaileddiffMap().set(path, propertyDiff(change));
      return response;
    }),
    create: unary(async (request) => {
      const created = await create(provider(), {
        urn: request.getUrn(),
        properties: properties(request.getProperties()),
        timeout: request.getTimeout(),
        preview: request.getPreview(),
      });
      const response = new messages.CreateResponse();
      response.setId(created.id);
      response.setProperties(struct(created.properties));
      return response;
    }),
    read: unary(async (request) => {
      const found = await read(provider(), {
        id: request.getId(),
        urn: request.getUrn(),
        properties: properties(request.getProperties()),
        inputs: properties(request.getInputs()),
      });
      const response = new messages.ReadResponse();
      if (found === undefined) return response;
      response.setId(found.id);
      response.setProperties(struct(found.properties));
      response.setInputs(struct(found.inputs));
      return response;
    }),
    update: unary(async (request) => {
      const outputs = await update(provider(), {
        urn: request.getUrn(),
        olds: properties(request.getOlds()),
        news: properties(request.getNews()),
        timeout: request.getTimeout(),
        preview: request.getPreview(),
        ignoreChanges: request.getIgnorechangesList(),
      });
      const response = new messages.UpdateResponse();
      response.setProperties(struct(outputs));
      return response;
    }),
    delete: unary(async (request) => {
      await remove(provider(), {
        id: request.getId(),
        urn: request.getUrn(),
        properties: properties(request.getProperties()),
        timeout: request.getTimeout(),
      });
      return new Empty();
    }),
  };
}
