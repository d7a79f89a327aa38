import type { Request, Response } from 'express';
import { ErrorCode } from '@modelcontextprotocol/sdk/types.js';
import { z } from 'zod';
import type { ProblemCode } from '../http/errors.ts';
import { beginRefusal } from '../http/problem.ts';
import type { HttpRefusal } from '../http/problem.ts';

// JSON-RPC 2.0 keeps -32000 to -32099 for servers; `data.code` tells them apart.
const OURS = -32_000;

/** Answers a refusal of the request itself as a JSON-RPC error, its problem in `data`, under the status that HTTP has for it. */
export function sendRpcError(request: Request, response: Response, refusal: HttpRefusal): void {
  const problem = beginRefusal(request, response, refusal);
  response.json({ jsonrpc: '2.0', id: idOf(request.body), error: { code: rpcCode(refusal.code), message: problem.detail, data: problem } });
}

const answerable = z.object({ id: z.union([z.string(), z.number()]) });

/** Whose answer it is; null where no message was read that says so (JSON-RPC 2.0, 5). */
function idOf(body: unknown): string | number | null {
  return answerable.safeParse(body).data?.id ?? null;
}

function rpcCode(code: ProblemCode): number {
  if (code === 'malformed') return ErrorCode.ParseError;
  if (code === 'invalid') return ErrorCode.InvalidParams;
  return code === 'internal' ? ErrorCode.InternalError : OURS;
}
