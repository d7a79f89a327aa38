import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import type { Request } from 'express';
import { refuseFields } from '#workflows/domain/errors.ts';
import { problemOf } from '../http/problem.ts';
import type { HttpRefusal } from '../http/problem.ts';
import { nextStep } from './next-step.ts';
import type { RefusalView } from './refusal-view.ts';
import { ARGUMENTS } from './tool.ts';
import type { Said } from './tool.ts';

/** An answer as MCP has it: words first, then everything as JSON for clients that pass on text alone, and as a value. */
export function resultOf({ words, content }: Said): CallToolResult {
  return { content: [text(words), text(JSON.stringify(content))], structuredContent: content };
}

/** A refusal as a result that says so: a model reads it and goes on, where a protocol error would end its turn. */
export function refusalResult(request: Request, refusal: HttpRefusal): CallToolResult {
  const view = refusalViewOf(request, inArguments(refusal));
  return { ...resultOf({ words: `Refused (${view.code}): ${view.detail.replace(/[^.!?]$/, '$&.')} ${view.next}`, content: { ...view } }), isError: true };
}

function refusalViewOf(request: Request, refusal: HttpRefusal): RefusalView {
  const { code, detail, errors, legal, holder, retryAfter, requestId } = problemOf(request, refusal);
  return {
    code,
    detail,
    next: nextStep(code),
    ...(errors && { errors: [...errors] }),
    ...(legal && { legal: [...legal] }),
    ...(holder && { holder }),
    ...(retryAfter !== undefined && { retryAfter }),
    requestId,
  };
}

/** The use cases name fields as the JSON API has them; a tool has arguments alone. */
function inArguments(refusal: HttpRefusal): HttpRefusal {
  if (refusal.errors === undefined) return refusal;
  const errors = refusal.errors.map(({ path, message }) => ({ path: renamed(path), message }));
  const detail = refusal.code === 'invalid' ? refuseFields(errors).detail : refusal.detail;
  return { ...refusal, detail, errors };
}

function renamed(path: string): string {
  return path === 'header.idempotency-key' ? `${ARGUMENTS}.idempotencyKey` : path.replace(/^(body|query|path)(?=\.|$)/, ARGUMENTS);
}

function text(words: string) {
  return { type: 'text' as const, text: words };
}
