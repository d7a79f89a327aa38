import { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js';
import { CallToolRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { Router } from 'express';
import type { Request, RequestHandler } from 'express';
import { z } from 'zod';
import { refuse } from '#workflows/domain/errors.ts';
import type { AppDeps } from '../app-deps.ts';
import { servedBy } from '../crowd.ts';
import { identify } from '../http/identify.ts';
import { lastResort } from '../http/last-resort.ts';
import { readJson } from '../http/read-json.ts';
import { factsOf } from '../http/request-facts.ts';
import { parseInput } from '../parse-input.ts';
import type { Principal } from '../principal.ts';
import { sendRpcError } from './rpc-error.ts';
import { mcpServer } from './server.ts';

/**
 * The MCP endpoint (streamable HTTP, https://modelcontextprotocol.io/specification/2025-11-25/basic/transports):
 * stateless, so POST alone. Keys and rates are those of the API; a browser's session is nobody here.
 */
export function mcpEndpoint(deps: AppDeps): Router {
  const router = Router();
  const callers = new WeakMap<Request, Principal>();
  router.post('/', noteRoute, refuseForeignPages(deps), admit(deps, callers), readJson(sendRpcError), refuseBatch, refuseWrongCall, answer(deps, callers));
  router.all('/', noteRoute, (request, response) => {
    response.set('Allow', 'POST');
    const detail = 'POST one JSON-RPC message. There is no session to open or to end, and no stream to listen to.';
    sendRpcError(request, response, { ok: false, code: 'method_not_allowed', detail });
  });
  router.use(lastResort(deps, { formFor: () => sendRpcError, mayHaveWritten: () => false }));
  return router;
}

const noteRoute: RequestHandler = (request, _response, next) => {
  factsOf(request).route = `${request.method === 'POST' ? 'POST' : 'none'} /mcp`;
  next();
};

/**
 * Programs send no Origin; a page of another site does, and so does one whose name was bound to our address, which the
 * Host header would believe (DNS rebinding). Only our public address counts.
 */
function refuseForeignPages({ publicUrl }: AppDeps): RequestHandler {
  const home = new URL(publicUrl).origin;
  return (request, response, next) => {
    const origin = request.get('origin');
    if (origin === undefined || origin === home) return next();
    sendRpcError(request, response, refuse('forbidden', 'Pages of other sites may not call this. Programs send no Origin header.'));
  };
}

function admit(deps: AppDeps, callers: WeakMap<Request, Principal>): RequestHandler {
  return async (request, response, next) => {
    const identity = await identify(deps, request, response, { keysOnly: true });
    if (!identity.ok) return sendRpcError(request, response, identity);
    const { principal } = identity.value;
    if (principal === null) return sendRpcError(request, response, refuse('unauthenticated', 'Send "Authorization: Bearer bat_…" with an API key.'));
    callers.set(request, principal);
    next();
  };
}

/** One message is one request of the rate; the specification has no batches any more since 2025-06-18. */
const refuseBatch: RequestHandler = (request, response, next) => {
  if (!Array.isArray(request.body)) return next();
  sendRpcError(request, response, refuse('malformed', 'Send one JSON-RPC message per request, not a batch.'));
};

/** The SDK would call what is no object our own mistake, in the words of a parser. */
const refuseWrongCall: RequestHandler = (request, response, next) => {
  const body: unknown = request.body;
  if (typeof body !== 'object' || body === null || !('method' in body) || body.method !== 'tools/call') return next();
  const parsed = parseInput(CallToolRequestSchema.shape.params, 'params' in body ? body.params : undefined, 'params');
  if (parsed.ok) return next();
  sendRpcError(request, response, parsed);
};

function answer(deps: AppDeps, callers: WeakMap<Request, Principal>): RequestHandler {
  return async (request, response) => {
    const principal = callers.get(request);
    if (principal === undefined) throw new Error('a call was answered that nobody admitted');
    const mcp = mcpServer(servedBy(deps, principal), { principal, request });
    const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true });
    const note = (error: Error) => deps.log.debug({ err: error, requestId: factsOf(request).id }, 'an MCP message was not answered');
    mcp.server.onerror = note;
    response.on('close', () => void mcp.close().catch(note));
    await mcp.connect(transport);
    const parsedBody: unknown = request.body;
    const said = await transport.handleRequest(asSent(request), { parsedBody });
    if (said.status >= 400) return sendRpcError(request, response, refuse('malformed', await wrongIn(said)));
    response.status(said.status);
    if (said.body === null) response.end();
    else response.type('application/json').send(await said.text());
  };
}

/**
 * The request as the transport is shown it. It asks for a stream beside JSON in Accept, and by name for application/json: we answer
 * JSON whatever is asked for (RFC 9110, 12.5.1), and readJson has read the body by the rules of the API.
 */
function asSent(request: Request): globalThis.Request {
  const version = request.get('mcp-protocol-version');
  const headers = { accept: 'application/json, text/event-stream', 'content-type': 'application/json', ...(version !== undefined && { 'mcp-protocol-version': version }) };
  return new globalThis.Request('http://baton.invalid/mcp', { method: 'POST', headers });
}

const refused = z.object({ error: z.object({ message: z.string() }) });

/** Why the transport refuses a message, and what would be right. */
async function wrongIn(said: Response): Promise<string> {
  const { data } = refused.safeParse(await said.json());
  return `${data?.error.message ?? 'It cannot be read'}. Send one message like {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}.`;
}
