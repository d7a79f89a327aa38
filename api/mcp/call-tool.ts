import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { CallToolResultSchema } from '@modelcontextprotocol/sdk/types.js';
import type { Request } from 'express';
import type { AppDeps } from '../app-deps.ts';
import { PROBLEMS } from '../http/errors.ts';
import { refusalOfFailure } from '../http/failure.ts';
import { once } from '../http/idempotency.ts';
import type { Answer } from '../http/idempotency.ts';
import type { HttpRefusal } from '../http/problem.ts';
import { factsOf } from '../http/request-facts.ts';
import type { Principal } from '../principal.ts';
import { refuseUnlessToolAudience } from './tool-audience.ts';
import { refusalResult, resultOf } from './tool-result.ts';
import type { McpTool, ReadyCall } from './tool.ts';

/** Who calls, and with which request. */
export interface Caller {
  readonly principal: Principal;
  readonly request: Request;
}

/** Carries out one call: in what role, with which fields; then once per key, as for the JSON routes. */
export async function callTool(deps: AppDeps, { principal, request }: Caller, tool: McpTool, given: Readonly<Record<string, unknown>>): Promise<CallToolResult> {
  const facts = factsOf(request);
  facts.route = `POST /mcp ${tool.name}`;
  const say = (refusal: HttpRefusal): CallToolResult => {
    facts.code = refusal.code;
    return refusalResult(request, refusal);
  };
  let isUnderWay = false;
  try {
    const refused = refuseUnlessToolAudience(principal, tool.who);
    if (refused) return say(refused);
    const ready = tool.check(given);
    if (!ready.ok) return say(ready);
    noteIds(request, ready.value);
    const carryOut = async (key: string): Promise<Answer> => {
      isUnderWay = tool.writes;
      const done = await ready.value.work(deps, principal, key);
      return done.ok ? { status: 200, body: resultOf(done.value) } : { status: PROBLEMS[done.code].status, body: say(done) };
    };
    const { input, idempotencyKey } = ready.value;
    const keyed = { principal, header: idempotencyKey, method: 'POST', path: `/mcp/${tool.name}`, body: input, hasSecret: false };
    const answer = await once(deps, keyed, carryOut);
    return answer.ok ? asResult(answer.value) : say(answer);
  } catch (error) {
    const refusal = refusalOfFailure(request, error, { mayHaveWritten: isUnderWay });
    deps.log.error({ err: error, requestId: facts.id, route: facts.route, code: refusal.code }, 'a tool call failed');
    return say(refusal);
  }
}

/** Just made, or as it was kept for a repeated key. */
function asResult({ body, isRepeat = false }: Answer): CallToolResult {
  const result = CallToolResultSchema.parse(body);
  return isRepeat ? { ...result, _meta: { idempotencyReplayed: true } } : result;
}

function noteIds(request: Request, { input }: ReadyCall): void {
  const { ticketId, conversationId } = input;
  const facts = factsOf(request);
  if (typeof ticketId === 'string') facts.ticketId = ticketId;
  if (typeof conversationId === 'string') facts.conversationId = conversationId;
}
