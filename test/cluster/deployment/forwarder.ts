/** What comes to a port goes on to another. It says when it listens. Arguments: address and port, address and port. */
import { connect, createServer } from 'node:net';

const [address = '', port = '', toAddress = '', toPort = ''] = process.argv.slice(2);
createServer((from) => {
  const to = connect(Number(toPort), toAddress);
  from.pipe(to).pipe(from);
  from.on('error', () => to.destroy());
  to.on('error', () => from.destroy());
}).listen(Number(port), address, () => {
  process.stdout.write('listening\n');
});
