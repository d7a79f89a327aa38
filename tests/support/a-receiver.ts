import { createServer } from 'node:http';
import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { Webhook } from 'standardwebhooks';
import { waitFor } from './wait-for.ts';

export interface Received {
  readonly id: string;
  readonly headers: Record<string, string>;
  readonly text: string;
  readonly body: { readonly type: string; readonly version: number; readonly timestamp: string; readonly data: Record<string, unknown> };
}

/** Answers one request; whoever does not end it never answers. */
export type Manner = (response: ServerResponse, received: Received) => void;

export const taking: Manner = (response) => void response.writeHead(204).end();
export const answering = (status: number, headers: Record<string, string> = {}): Manner => (response) => void response.writeHead(status, headers).end();

export interface Receiver {
  readonly url: string;
  readonly port: number;
  readonly received: readonly Received[];
  /** How it answers from now on. */
  behaves(manner: Manner): void;
  /** Waits until so many requests have come. */
  gets(count: number): Promise<readonly Received[]>;
  /** What came of one type. */
  of(type: string): Received[];
  close(): Promise<void>;
}

/** A real HTTP server that somebody's webhooks go to. */
export async function aReceiver(first: Manner = taking): Promise<Receiver> {
  let manner = first;
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString('utf8');
      const one: Received = { id: String(request.headers['webhook-id']), headers: plain(request.headers), text, body: JSON.parse(text) };
      received.push(one);
      manner(response, one);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/hook`,
    port,
    received,
    behaves(next) {
      manner = next;
    },
    async gets(count) {
      await waitFor(() => received.length >= count, `${count} webhooks have come`, { withinMs: 30_000 });
      return received;
    },
    of: (type) => received.filter(({ body }) => body.type === type),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Whether the library of the specification takes this request for one that was signed with the secret. */
export function isSignedWith(secret: string, { text, headers }: Received): boolean {
  try {
    new Webhook(secret).verify(text, headers);
    return true;
  } catch {
    return false;
  }
}

function plain(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}
