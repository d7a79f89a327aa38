import { Agent, request } from 'node:http';
import type { IncomingMessage } from 'node:http';

const agent = new Agent({ keepAlive: true, noDelay: true, maxSockets: 50 });

/** One request with its whole answer; throws for what is no success. */
export function send(method: string, url: string, { headers = {}, body }: { headers?: Record<string, string>; body?: unknown } = {}): Promise<unknown> {
  const text = body === undefined ? '' : JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const asked = request(url, { agent, method, headers: { ...headers, ...(text !== '' && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }) } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const answer = Buffer.concat(chunks).toString();
        if ((response.statusCode ?? 500) >= 300) return reject(new Error(`${method} ${url}: ${response.statusCode} ${answer}`));
        resolve(answer === '' ? null : JSON.parse(answer));
      });
    });
    asked.on('error', reject);
    asked.end(text);
  });
}

/** An open event stream: whoever waits is told of the next block that holds some text. */
export interface OpenStream {
  next(text: string): Promise<void>;
  close(): void;
}

/** Opens a stream on a connection of its own; resolves with its first bytes. */
export function openStream(url: string, headers: Record<string, string> = {}): Promise<OpenStream> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { headers, agent: false }, (response: IncomingMessage) => {
      if (response.statusCode !== 200) return reject(new Error(`GET ${url}: ${response.statusCode}`));
      let waiting: { text: string; done: () => void } | null = null;
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        if (waiting === null || !chunk.includes(waiting.text)) return;
        const { done } = waiting;
        waiting = null;
        done();
      });
      const stream: OpenStream = { next: (text) => new Promise((done) => (waiting = { text, done })), close: () => asked.destroy() };
      response.once('data', () => resolve(stream));
    });
    asked.on('error', reject);
    asked.end();
  });
}
