import { createServer, request as forward } from 'node:http';
import type { Server } from 'node:http';

export interface Line {
  readonly url: string;
  /** How many lists of turns were asked for and answered. */
  passes(): number;
  /** Holds the next answer of an agent on its way to the api; what is held goes on when it is let go. */
  holdAnswer(): Promise<{ letGo(): void }>;
  /** Called when the api has taken the next answer, before the agent hears of it. */
  whenTaken(then: () => void): void;
  reset(): void;
  close(): void;
}

/** The line between agent and api, so that a test can be there at the very moment. */
export async function aLine(target: string): Promise<Line> {
  let passes = 0;
  let holding: ((held: { letGo(): void }) => void) | null = null;
  let taken: (() => void) | null = null;
  const server: Server = createServer((request, response) => {
    const isAnswer = request.method === 'POST' && (request.url ?? '').endsWith('/messages');
    const put = () => {
      const onward = forward(`${target}${request.url}`, { method: request.method, headers: request.headers }, (given) => {
        if (isAnswer && taken !== null) {
          taken();
          taken = null;
          return void response.destroy();
        }
        if ((request.url ?? '').includes('view=to_answer')) given.once('end', () => (passes += 1));
        response.writeHead(given.statusCode ?? 502, given.headers);
        given.pipe(response);
      });
      // Who asked has gone: what was asked goes on all the same, and a stream ends.
      response.once('close', () => (request.method === 'GET' ? onward.destroy() : undefined));
      onward.once('error', () => response.destroy());
      return onward;
    };
    if (isAnswer && holding !== null) {
      const tell = holding;
      const body: Buffer[] = [];
      holding = null;
      request.on('data', (chunk: Buffer) => body.push(chunk));
      return void request.once('end', () => tell({ letGo: () => void put().end(Buffer.concat(body)) }));
    }
    request.pipe(put());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    passes: () => passes,
    holdAnswer: () => new Promise((resolve) => (holding = resolve)),
    whenTaken: (then) => (taken = then),
    reset: () => {
      holding = null;
      taken = null;
    },
    close: () => void server.close().closeAllConnections(),
  };
}
