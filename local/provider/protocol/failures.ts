/**
 * Errors as the engine understands them.
 * @see https://pulumi-developer-docs.readthedocs.io/latest/docs/references/proto.html (ErrorResourceInitFailed)
 */
import * as grpc from '@grpc/grpc-js';
import { ErrorResourceInitFailed } from '@pulumi/pulumi/proto/provider_pb';
import { Status } from '@pulumi/pulumi/proto/status_pb';
import { Any } from 'google-protobuf/google/protobuf/any_pb';
import { Struct } from 'google-protobuf/google/protobuf/struct_pb';

import type { JsonMap } from './values';

export interface PartialState {
  readonly id: string;
  readonly properties: JsonMap;
  readonly inputs?: JsonMap;
}

/** The object exists, but did not become what it should: the engine records it with the reasons, and the next update tries again. */
export class InitializationFailure extends Error {
  public constructor(
    message: string,
    public readonly reasons: readonly string[],
    public readonly state: PartialState,
  ) {
    super(message);
  }
}

export function toServiceError(error: unknown): grpc.ServerErrorResponse {
  const message = error instanceof Error ? error.message : String(error);
  const metadata = new grpc.Metadata();
  if (error instanceof InitializationFailure) {
    const detail = new ErrorResourceInitFailed();
    detail.setId(error.state.id);
    detail.setProperties(Struct.fromJavaScript(error.state.properties));
    detail.setReasonsList([message, ...error.reasons]);
    if (error.state.inputs !== undefined) detail.setInputs(Struct.fromJavaScript(error.state.inputs));
    const packed = new Any();
    packed.pack(detail.serializeBinary(), 'pulumirpc.ErrorResourceInitFailed');
    const status = new Status();
    status.setCode(grpc.status.UNKNOWN);
    status.setMessage(message);
    status.addDetails(packed);
    metadata.add('grpc-status-details-bin', Buffer.from(status.serializeBinary()));
  }
  return { name: 'ProviderError', message, code: grpc.status.UNKNOWN, details: message, metadata };
}
