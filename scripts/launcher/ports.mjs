import { createServer } from 'node:net';

/** Can somebody listen here now? */
export const isFree = (port, host = '127.0.0.1') =>
  new Promise((done) => {
    const server = createServer();
    server.once('error', () => done(false));
    server.listen({ port, host, exclusive: true }, () => server.close(() => done(true)));
  });

/** A port the system gives out. */
export const anyFreePort = () =>
  new Promise((done, failed) => {
    const server = createServer();
    server.once('error', failed);
    server.listen({ port: 0, host: '127.0.0.1' }, () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });

/** The wanted port, or the next free one after it that nobody of ours has taken. */
export async function freePortFrom(wanted, taken = new Set()) {
  for (let port = wanted; port < wanted + 200 && port < 65_536; port += 1) {
    if (!taken.has(port) && (await isFree(port))) return port;
  }
  return anyFreePort();
}
