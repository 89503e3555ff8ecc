/**
 * Somebody else's registry: TLS, with a certificate of its own for the registry's name, and a name server that leads there. It wants a
 * password, and says on standard output, a line of JSON each, who came and what was sent. Arguments: address, port, folder of the certificate.
 */
import { createSocket } from 'node:dgram';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { join } from 'node:path';

const [address = '', port = '', folder = ''] = process.argv.slice(2);
const say = (came: string, authorization?: string): void => {
  process.stdout.write(`${JSON.stringify({ came, ...(authorization !== undefined && { authorization }) })}\n`);
};

const certificate = { cert: readFileSync(join(folder, 'cert.pem')), key: readFileSync(join(folder, 'key.pem')) };
createServer(certificate, (request, response) => {
  say('request', request.headers.authorization);
  response.writeHead(401, { 'www-authenticate': 'Basic realm="test"' }).end();
})
  .on('connection', () => {
    say('connection');
  })
  .listen(Number(port), address, () => {
    say('listening');
  });

const names = createSocket('udp4');
names
  .on('message', (query, { port: from, address: to }) => {
    say('question');
    // RFC 1035: a head of 12 bytes, then one question: a name that ends with an empty label, its type and its class.
    const end = query.indexOf(0, 12) + 5;
    const isAddress = query.readUInt16BE(end - 4) === 1;
    const head = Buffer.from(query.subarray(0, 12));
    for (const [i, value] of [0x8180, 1, isAddress ? 1 : 0, 0, 0].entries()) head.writeUInt16BE(value, 2 + 2 * i);
    // The name of the question, an address, for a second.
    const answer = Buffer.from(isAddress ? [0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 1, 0, 4, ...address.split('.').map(Number)] : []);
    names.send(Buffer.concat([head, query.subarray(12, end), answer]), from, to);
  })
  .bind(53, address);
