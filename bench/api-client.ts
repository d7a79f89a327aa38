import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { z } from 'zod';
import { pause } from './instance.ts';

// Not fetch: it leaves Nagle's algorithm on and sends a head and its body apart, so that each POST waits 40 ms for an acknowledgement.
const agent = new Agent({ keepAlive: true, noDelay: true });
const MOST_REPEATS = 60;
const AGAIN_AFTER_MS = 1_000;
/** Stands for a status where there was no answer: a server may close a connection just as it is used again. */
const BROKEN = 0;

interface Asking {
  readonly method: string;
  readonly path: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

/** The public API as a program uses it. */
export class ApiClient {
  /** How often something was asked again, with its key: after a 503, as the API tells, and where the connection broke. */
  repeats = 0;

  constructor(
    private readonly baseUrl: string,
    readonly key: string,
  ) {}

  async post<T extends z.ZodType>(path: string, body: unknown, answer: T): Promise<z.infer<T>> {
    return answer.parse(await this.ask({ method: 'POST', path, headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID() }, body: JSON.stringify(body) }));
  }

  /** Posts once, whatever the answer is: its status, 0 where there was none. */
  async tryPost(path: string, body: unknown): Promise<number> {
    const asking = { method: 'POST', path, headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID() }, body: JSON.stringify(body) };
    return this.send(asking).then(({ status }) => status, () => BROKEN);
  }

  /** Replaces settings; `version` is the one that was read, 0 where none was set. */
  async put<T extends z.ZodType>(path: string, { version, body }: { version: number; body: unknown }, answer: T): Promise<z.infer<T>> {
    return answer.parse(await this.ask({ method: 'PUT', path, headers: { 'content-type': 'application/json', 'if-match': `"${version}"` }, body: JSON.stringify(body) }));
  }

  async get<T extends z.ZodType>(path: string, answer: T): Promise<z.infer<T>> {
    return answer.parse(await this.ask({ method: 'GET', path }));
  }

  private async ask(asking: Asking): Promise<unknown> {
    for (let repeat = 0; ; repeat += 1) {
      const { status, text } = await this.send(asking).catch((error: unknown) => ({ status: BROKEN, text: String(error) }));
      // A process that was killed had begun it: its answer is there as soon as it is carried out again.
      const isUnderWay = status === 409 && text.includes('"in_progress"');
      if (status === BROKEN || status === 503 || isUnderWay) {
        if (repeat === MOST_REPEATS) throw new Error(`${asking.method} ${asking.path}: ${status} ${text}`);
        this.repeats += 1;
        await pause(AGAIN_AFTER_MS);
        continue;
      }
      if (status >= 300) throw new Error(`${asking.method} ${asking.path}: ${status} ${text}`);
      return JSON.parse(text);
    }
  }

  private send({ method, path, headers = {}, body = '' }: Asking): Promise<{ status: number; text: string }> {
    const url = `${this.baseUrl}/api/v1${path}`;
    return new Promise((resolve, reject) => {
      const length = body === '' ? {} : { 'content-length': Buffer.byteLength(body) };
      const asked = request(url, { agent, method, headers: { authorization: `Bearer ${this.key}`, ...headers, ...length } }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => resolve({ status: response.statusCode ?? 500, text: Buffer.concat(chunks).toString() }));
      });
      asked.on('error', reject);
      asked.end(body === '' ? undefined : body);
    });
  }
}

export const anyTicket = z.object({ id: z.string() });
