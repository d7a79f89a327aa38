import { randomUUID } from 'node:crypto';
import { z } from 'zod';

/** The public API as a program uses it. */
export class ApiClient {
  constructor(
    private readonly baseUrl: string,
    private readonly key: string,
  ) {}

  async post<T extends z.ZodType>(path: string, body: unknown, answer: T): Promise<z.infer<T>> {
    const response = await fetch(`${this.baseUrl}/api/v1${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${this.key}`, 'content-type': 'application/json', 'idempotency-key': randomUUID() },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`POST ${path}: ${response.status} ${text}`);
    return answer.parse(JSON.parse(text));
  }

  async get<T extends z.ZodType>(path: string, answer: T): Promise<z.infer<T>> {
    const response = await fetch(`${this.baseUrl}/api/v1${path}`, { headers: { authorization: `Bearer ${this.key}` } });
    const text = await response.text();
    if (!response.ok) throw new Error(`GET ${path}: ${response.status} ${text}`);
    return answer.parse(JSON.parse(text));
  }
}

export const anyTicket = z.object({ id: z.string() });
