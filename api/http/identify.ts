import type { Request, Response } from 'express';
import type { Result } from '#workflows/domain/errors.ts';
import { ok, refuse } from '#workflows/domain/errors.ts';
import type { AppDeps } from '../app-deps.ts';
import { principalFromRequest } from '../auth/principal-from-request.ts';
import type { Identity } from '../auth/principal-from-request.ts';
import { principalKey } from '../principal.ts';
import type { Allowance } from './rate-limits.ts';
import { factsOf } from './request-facts.ts';
import { webHeaders } from './web-headers.ts';

/**
 * Who asks, within their rate. `principal` is null for who shows nothing; a wrong key is refused. With `keysOnly` a
 * browser's cookie shows nothing.
 */
export async function identify(deps: AppDeps, request: Request, response: Response, { keysOnly = false } = {}): Promise<Result<Identity>> {
  const address = addressOf(request);
  if (deps.limits.isBlocked(address)) return refuseStranger(deps, address, response);
  const headers = webHeaders(request.headers);
  if (keysOnly) headers.delete('cookie');
  const identity = await principalFromRequest(deps, headers);
  if (!identity.ok || identity.value.principal === null) {
    const counted = await refuseStranger(deps, address, response);
    return counted.ok ? identity : counted;
  }
  const who = principalKey(identity.value.principal);
  factsOf(request).principal = who;
  for (const cookie of identity.value.setCookie) response.append('Set-Cookie', cookie);
  const counted = within(await deps.limits.ofPrincipal(who), response);
  return counted.ok ? identity : counted;
}

/** The client's address: that of its connection, or what the proxies we trust say. */
export function addressOf(request: Request): string {
  return request.ip ?? request.socket.remoteAddress ?? 'unknown';
}

async function refuseStranger(deps: AppDeps, address: string, response: Response): Promise<Result<Identity>> {
  const counted = within(await deps.limits.ofStranger(address), response);
  return counted.ok ? ok({ principal: null, sessionToken: null, setCookie: [] }) : counted;
}

function within({ isAllowed, limit, remaining, resetSeconds }: Allowance, response: Response): Result<null> {
  response.set({ 'RateLimit-Limit': String(limit), 'RateLimit-Remaining': String(remaining), 'RateLimit-Reset': String(resetSeconds) });
  if (isAllowed) return ok(null);
  return refuse('rate_limited', `More than ${limit} requests in a minute. Try again in ${resetSeconds} s.`, { retryAfter: resetSeconds });
}
