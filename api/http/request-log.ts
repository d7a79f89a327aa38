import type { RequestHandler } from 'express';
import type { Logger } from '../log.ts';
import { factsOf } from './request-facts.ts';

const QUIET = new Set(['/healthz', '/readyz', '/assets', 'GET /widget.js']);

/** One line per answered request: who, what and how long, by ids and patterns alone. */
export function requestLog(log: Logger): RequestHandler {
  return (request, response, next) => {
    const facts = factsOf(request);
    response.set('X-Request-Id', facts.id);
    response.on('close', () => {
      const { statusCode } = response;
      const line = {
        requestId: facts.id,
        method: request.method,
        route: facts.route ?? 'none',
        status: statusCode,
        ms: Math.round((performance.now() - facts.startedAt) * 10) / 10,
        ...(facts.code !== undefined && { code: facts.code }),
        ...(facts.principal !== undefined && { principal: facts.principal }),
        ...(facts.ticketId !== undefined && { ticketId: facts.ticketId }),
        ...(facts.conversationId !== undefined && { conversationId: facts.conversationId }),
        ...(!response.writableFinished && { aborted: true }),
      };
      if (QUIET.has(line.route) && statusCode < 500) log.debug(line, 'answered');
      else if (statusCode >= 500) log.warn(line, 'answered');
      else log.info(line, 'answered');
    });
    next();
  };
}
