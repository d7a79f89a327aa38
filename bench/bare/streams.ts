// A bare server of event streams: GET /events?id= holds one open, POST /?id= writes to it. What a stream costs at the least.
import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';

const streams = new Map<string, ServerResponse>();
const server = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://bare');
  const id = searchParams.get('id') ?? '';
  if (pathname === '/events') {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(': here\n\n');
    streams.set(id, response);
    return;
  }
  streams.get(id)?.write(`id: 1\ndata: {}\n\n`);
  response.end('{}');
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.stdout.write(`${typeof address === 'object' && address !== null ? address.port : 0}\n`);
});
