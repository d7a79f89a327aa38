import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import { createLlm } from '#activities/llm/llm.ts';
import type { Llm } from '#activities/llm/llm.ts';
import { waitFor } from './wait-for.ts';

/** What a server that speaks the wire format of chat completions was asked. */
export interface ModelRequest {
  readonly model: string;
  readonly messages: readonly { readonly role: string; readonly content: string; readonly tool_call_id?: string }[];
  readonly tools?: readonly { readonly function: { readonly name: string } }[];
}

/** Answers one request; whoever does not end it never answers. */
export type ModelManner = (response: ServerResponse, request: ModelRequest) => void;

export const saying = (content: string): ModelManner => (response) => complete(response, { content });

/** Asks for tools, with arguments as they are given: objects, or text that is no JSON. */
export const calling = (...calls: readonly (readonly [name: string, input: unknown])[]): ModelManner => (response) =>
  complete(response, {
    content: null,
    tool_calls: calls.map(([name, input], index) => ({ id: `call_${index}`, type: 'function', function: { name, arguments: typeof input === 'string' ? input : JSON.stringify(input) } })),
  });

export const failing = (status: number, headers: Record<string, string> = {}): ModelManner => (response) =>
  void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify({ error: { message: 'scripted', type: 'server_error' } }));

/** Headers and half of a body, then the connection is gone. */
export const breakingOff: ModelManner = (response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
  response.write('{"choices":[{"message":{"content":"The par', () => response.destroy());
};

export const sendingBytes = (body: string): ModelManner => (response) => void response.writeHead(200, { 'content-type': 'application/json' }).end(body);
export const neverAnswering: ModelManner = () => undefined;

function complete(response: ServerResponse, message: Record<string, unknown>): void {
  const body = { id: 'chatcmpl-1', object: 'chat.completion', created: 1, model: 'scripted', choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', ...message } }], usage: { prompt_tokens: 100, completion_tokens: 20, total_tokens: 120 } };
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

export interface AModel {
  readonly llm: Llm;
  readonly url: string;
  /** What agents asked, and what was to be translated. */
  readonly requests: readonly ModelRequest[];
  /** How it answers from now on: one after the other, the last one for good. */
  follows(...script: ModelManner[]): void;
  /** Waits until so many requests have come since the script was given. */
  gets(count: number): Promise<readonly ModelRequest[]>;
  close(): Promise<void>;
}

/** A real HTTP server in the place of a language model. */
export async function aModel(): Promise<AModel> {
  let script: ModelManner[] = [saying('Hello.')];
  let requests: ModelRequest[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const asked: ModelRequest = JSON.parse(Buffer.concat(chunks).toString('utf8'));
      // A ticket's summary is asked of the same endpoint, whenever it comes.
      if (asked.messages[0]?.content.startsWith('You summarise') === true) return saying('A summary.')(response, asked);
      requests.push(asked);
      const manner = script.length > 1 ? script.shift() : script[0];
      manner?.(response, asked);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/v1`;
  return {
    url,
    llm: createLlm({ baseUrl: url, apiKey: 'test', model: 'scripted' }),
    get requests() {
      return requests;
    },
    follows(...next) {
      script = next;
      requests = [];
    },
    async gets(count) {
      await waitFor(() => requests.length >= count, `the model was asked ${count} times`);
      return requests;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A manner that waits until it is released. */
export function held(manner: ModelManner): { readonly manner: ModelManner; release(): void; readonly isCut: () => boolean } {
  let release: () => void = () => undefined;
  let isCut = false;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  return {
    manner: (response, request) => {
      response.once('close', () => {
        isCut ||= !response.writableEnded;
      });
      void released.then(() => manner(response, request));
    },
    release: () => release(),
    isCut: () => isCut,
  };
}
