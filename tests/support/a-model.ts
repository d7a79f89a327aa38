import { createServer } from 'node:http';
import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { createLlm } from '#activities/llm/llm.ts';
import type { Llm } from '#activities/llm/llm.ts';
import { waitFor } from './wait-for.ts';

/** What a server that speaks the wire format of chat completions was asked. */
export interface ModelRequest {
  readonly model: string;
  readonly messages: readonly { readonly role: string; readonly content: string; readonly tool_call_id?: string }[];
  readonly tools?: readonly { readonly function: { readonly name: string } }[];
  readonly stream?: boolean;
  readonly stream_options?: unknown;
  readonly max_tokens?: number;
  readonly max_completion_tokens?: number;
  readonly response_format?: { readonly json_schema?: { readonly name?: string } };
  /** The key it was asked with. */
  readonly key?: string;
  /** Everything else that it was told, beside what was asked. */
  readonly headers?: IncomingHttpHeaders;
}

/** Answers one request; whoever does not end it never answers. */
export type ModelManner = (response: ServerResponse, request: ModelRequest) => void;

/** Says it, in pieces where a stream is asked for. */
export const saying = (content: string): ModelManner => (response, request) => (request.stream === true ? streaming(...pieces(content))(response, request) : complete(response, { content }));

/** Says it, and ends for another reason than that it was said: its tokens were used up (`length`), or a filter took the rest. */
export const cutting = (content: string, why = 'length'): ModelManner => (response, request) => {
  if (request.stream !== true) return complete(response, { content }, why);
  beginStream(response);
  response.write(textEvent(content));
  endStream(response, why);
};

/** The same as JSON. */
export const sayingJson = (value: unknown): ModelManner => saying(JSON.stringify(value));

/** Translates what it knows, each by a part of it: nobody can say in which order the messages of a page are asked for. */
export const translating = (...known: readonly (readonly [part: string, translation: string])[]): ModelManner => (response, request) => {
  const text = request.messages.at(-1)?.content ?? '';
  const found = known.find(([part]) => text.includes(part));
  return (found === undefined ? failing(404, {}, `it does not know: ${text}`) : saying(found[1]))(response, request);
};

/** Asks for tools, with arguments as they are given: objects, or text that is no JSON. */
export const calling = (...calls: readonly (readonly [name: string, input: unknown])[]): ModelManner => (response, request) => {
  const toolCalls = calls.map(([name, input], index) => ({ index, id: `call_${index}`, type: 'function', function: { name, arguments: typeof input === 'string' ? input : JSON.stringify(input) } }));
  if (request.stream !== true) return complete(response, { content: null, tool_calls: toolCalls });
  beginStream(response);
  response.write(event({ choices: [{ index: 0, delta: { tool_calls: toolCalls }, finish_reason: null }] }));
  endStream(response, 'tool_calls');
};

export const failing = (status: number, headers: Record<string, string> = {}, message = 'scripted'): ModelManner => (response) =>
  void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify({ error: { message, type: 'server_error' } }));

/** Headers and half of a body, then the connection is gone. */
export const breakingOff: ModelManner = (response, request) => {
  if (request.stream === true) return breakingOffAfter('The par')(response, request);
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
  response.write('{"choices":[{"message":{"content":"The par', () => response.destroy());
};

export const sendingBytes = (body: string): ModelManner => (response) => void response.writeHead(200, { 'content-type': 'application/json' }).end(body);
/** Headers and half of a body, and then nothing, for as long as somebody waits. */
export const stalling: ModelManner = (response) => void response.writeHead(200, { 'content-type': 'application/json' }).write('{"choices":[{"message":{"content":"The par');
export const neverAnswering: ModelManner = () => undefined;
/** A status and no body. */
export const emptily = (status: number): ModelManner => (response) => void response.writeHead(status, status === 101 ? { connection: 'upgrade', upgrade: 'other' } : {}).end();

/** Server-sent events, a piece each, one at a time; then the reason and what it used. */
export const streaming = (...texts: readonly string[]): ModelManner => (response) => {
  beginStream(response);
  for (const text of texts) response.write(textEvent(text));
  endStream(response);
};

/** Says something, and then no more until it is released. */
export function pausing(before: readonly string[], after: readonly string[]): { readonly manner: ModelManner; release(): void; readonly isCut: () => boolean } {
  let release: () => void = () => undefined;
  let isCut = false;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  return {
    manner: (response) => {
      response.once('close', () => {
        isCut ||= !response.writableEnded;
      });
      beginStream(response);
      for (const text of before) response.write(textEvent(text));
      void released.then(() => {
        for (const text of after) response.write(textEvent(text));
        endStream(response);
      });
    },
    release: () => release(),
    isCut: () => isCut,
  };
}

/** A stream whose connection is gone after these words. */
export const breakingOffAfter = (text: string): ModelManner => (response) => {
  beginStream(response);
  response.write(textEvent(text), () => response.destroy());
};

/** A stream that ends properly without ever having come to its end. */
export const endingEarlyAfter = (text: string): ModelManner => (response) => {
  beginStream(response);
  response.end(textEvent(text));
};

/** A stream with an event that is no JSON. */
export const streamingGarbage = (text: string): ModelManner => (response) => {
  beginStream(response);
  response.write(textEvent(text));
  response.end('data: {"choices": [{"del\n\n');
};

/** Endpoints that refuse what not all of them know. */
export const plainly = (manner: ModelManner): ModelManner => (response, request) =>
  request.response_format === undefined && request.stream_options === undefined ? manner(response, request) : failing(400, {}, 'unknown field')(response, request);

const USE_THE_OTHER = { message: "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.", type: 'invalid_request_error', param: 'max_tokens', code: 'unsupported_parameter' };

/** Models that think before they speak, as OpenAI refuses them what it called the limit before; and an answer that got no room for thought is empty. */
export const thinkingFirst = (manner: ModelManner): ModelManner => (response, request) => {
  if (request.max_tokens !== undefined) return void response.writeHead(400, { 'content-type': 'application/json' }).end(JSON.stringify({ error: USE_THE_OTHER }));
  return (request.max_completion_tokens ?? 0) < 2_000 ? cutting('')(response, request) : manner(response, request);
};

function pieces(text: string): string[] {
  return text.match(/\s*\S+/g) ?? [text];
}

function beginStream(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
}

function endStream(response: ServerResponse, why = 'stop'): void {
  response.write(event({ choices: [{ index: 0, delta: {}, finish_reason: why }] }));
  response.write(event({ choices: [], usage: USAGE }));
  response.end('data: [DONE]\n\n');
}

function textEvent(content: string): string {
  return event({ choices: [{ index: 0, delta: { content }, finish_reason: null }] });
}

function event(body: Record<string, unknown>): string {
  return `data: ${JSON.stringify({ id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1, model: 'scripted', ...body })}\n\n`;
}

const USAGE = { prompt_tokens: 100, completion_tokens: 20, total_tokens: 120 };

function complete(response: ServerResponse, message: Record<string, unknown>, why = 'stop'): void {
  const body = { id: 'chatcmpl-1', object: 'chat.completion', created: 1, model: 'scripted', choices: [{ index: 0, finish_reason: why, message: { role: 'assistant', ...message } }], usage: USAGE };
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

/** What every summary says that is not scripted. */
export const A_SUMMARY = { wants: [{ text: 'Wants an answer.', messages: ['m1'] }], tried: [], promised: [], open: [] };

export interface AModel {
  readonly llm: Llm;
  readonly url: string;
  /** What agents and composers asked, and what was to be translated. */
  readonly requests: readonly ModelRequest[];
  /** What was asked for summaries. */
  readonly summaries: readonly ModelRequest[];
  /** How it answers from now on: one after the other, the last one for good. */
  follows(...script: ModelManner[]): void;
  /** The same for summaries, which are asked of the same endpoint at their own time. */
  summarises(...script: ModelManner[]): void;
  /** Waits until so many requests have come since the script was given. */
  gets(count: number): Promise<readonly ModelRequest[]>;
  close(): Promise<void>;
}

/** A real HTTP server in the place of a language model. */
export async function aModel(): Promise<AModel> {
  let script: ModelManner[] = [saying('Hello.')];
  let summaryScript: ModelManner[] = [sayingJson(A_SUMMARY)];
  let requests: ModelRequest[] = [];
  let summaries: ModelRequest[] = [];
  const next = (of: ModelManner[]) => (of.length > 1 ? of.shift() : of[0]);
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body: ModelRequest = JSON.parse(Buffer.concat(chunks).toString('utf8'));
      const asked: ModelRequest = { ...body, key: (request.headers.authorization ?? '').replace('Bearer ', ''), headers: request.headers };
      const isSummary = asked.messages[0]?.content.startsWith('You summarise') ?? false;
      (isSummary ? summaries : requests).push(asked);
      next(isSummary ? summaryScript : script)?.(response, asked);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/v1`;
  return {
    url,
    llm: createLlm({ baseUrl: url, apiKey: 'test-key', model: 'scripted' }),
    get requests() {
      return requests;
    },
    get summaries() {
      return summaries;
    },
    follows(...manners) {
      script = manners;
      requests = [];
    },
    summarises(...manners) {
      summaryScript = manners;
      summaries = [];
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
