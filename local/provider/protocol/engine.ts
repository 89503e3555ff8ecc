/**
 * The engine's side of the conversation: messages for the user, about the provider or about one resource.
 */
import * as grpc from '@grpc/grpc-js';
import { EngineClient } from '@pulumi/pulumi/proto/engine_grpc_pb';
import { LogRequest, LogSeverity } from '@pulumi/pulumi/proto/engine_pb';

export type Severity = 'info' | 'warning';

export class Engine {
  private client: EngineClient | undefined;

  public connect(address: string): void {
    this.client = new EngineClient(address, grpc.credentials.createInsecure(), { 'grpc.max_receive_message_length': -1 });
  }

  /** A line that stays. */
  public log(urn: string, severity: Severity, message: string): void {
    this.send(urn, severity, message, false);
  }

  /** What a resource is doing right now: shown beside it, replaced by the next one. */
  public status(urn: string, message: string): void {
    this.send(urn, 'info', message, true);
  }

  private send(urn: string, severity: Severity, message: string, ephemeral: boolean): void {
    const request = new LogRequest();
    request.setSeverity(severity === 'info' ? LogSeverity.INFO : LogSeverity.WARNING);
    request.setMessage(message);
    request.setUrn(urn);
    request.setEphemeral(ephemeral);
    this.client?.log(request, () => {
      // A message that does not arrive is no failure.
    });
  }
}
