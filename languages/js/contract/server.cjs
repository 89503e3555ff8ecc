// The web application of the contract for Node: it answers, and it runs checks with the environment that it was given.
const { execFile } = require('child_process');
const { createServer } = require('http');

const RUN = '/bin/bash -c "$CONTRACT_RUN" 2>&1';
const server = createServer((request, response) => {
  console.log(`GET ${request.url}`);
  if (request.url !== '/checks') return response.end('the contract');
  execFile('/bin/bash', ['-c', RUN], { maxBuffer: 2 ** 26 }, (_, output) => response.end(output));
});
server.listen(Number(process.env.PORT), '0.0.0.0');
