/**
 * The plugin process: serves the provider on a free port of the loopback, prints the port for the engine, then loads the rest.
 */
import { setMaxListeners } from 'node:events';

import * as grpc from '@grpc/grpc-js';
import { ResourceProviderService } from '@pulumi/pulumi/proto/provider_grpc_pb';

import { clientLibrary } from './config/kubeconfig';
import { announcement } from './identity';
import { Engine } from './protocol/engine';
import { makeService } from './protocol/service';

const engine = new Engine();
const cancel = new AbortController();
// Every operation listens to it.
setMaxListeners(0, cancel.signal);
const address = process.argv.slice(2).find((argument) => !argument.startsWith('-'));

if (address === undefined) {
  process.stderr.write(`${announcement}\nIt is started by the Pulumi engine, with the engine's address as its argument.\n`);
  process.exit(1);
}
engine.connect(address);

// Objects of any size travel.
const server = new grpc.Server({ 'grpc.max_receive_message_length': -1, 'grpc.max_send_message_length': -1 });
server.addService(ResourceProviderService, makeService(engine, cancel));
server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, port) => {
  if (error !== null) {
    process.stderr.write(`the Kubernetes provider cannot listen: ${error.message}\n`);
    process.exit(1);
  }
  process.stdout.write(`${port}\n`);
  void clientLibrary();
});

// An engine that was killed cannot cancel: what it started must not go on writing to the cluster.
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) process.exit(1);
}, 1_000).unref();
