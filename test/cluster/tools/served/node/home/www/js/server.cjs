const { createServer } = require('http');
const { add, text } = require('./notes.cjs');

createServer((request, response) => {
  const [, word] = /^\/note\/([a-z]+)$/.exec(request.url) || [];
  if (word) add(word);
  const found = word || request.url === '/' || request.url === '/about';
  const about = () => `${process.env.PORT} ${process.env.TOOL_WEB_PORT} ${process.env.TOOL_DATA_DIR} ${process.cwd()} ${process.getuid()}\n`;
  response.writeHead(found ? 200 : 404, { 'Content-Type': 'text/plain; charset=utf-8' });
  response.end(!found ? `no ${request.url}\n` : request.url === '/about' ? about() : text());
}).listen(Number(process.env.PORT));
