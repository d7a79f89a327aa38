import type { ErrorRequestHandler, Request, Response } from 'express';
import type { AppDeps } from '../app-deps.ts';
import { refusalOfFailure, refusalOfRequest } from './failure.ts';
import type { HttpRefusal } from './problem.ts';
import { factsOf } from './request-facts.ts';

type Send = (request: Request, response: Response, refusal: HttpRefusal) => void;

interface Forms {
  readonly formFor: (request: Request) => Send;
  readonly mayHaveWritten: (request: Request) => boolean;
  readonly bulkFieldOf?: (request: Request) => string;
}

/** Whatever was thrown on the way to an answer is logged, and sent in the form that `formFor` says the asker understands. */
export function lastResort({ log }: Pick<AppDeps, 'log'>, { formFor, mayHaveWritten, bulkFieldOf = () => 'body' }: Forms): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) return next(error);
    const refusal = refusalOfRequest(error, bulkFieldOf(request)) ?? refusalOfFailure(request, error, { mayHaveWritten: mayHaveWritten(request) });
    if (refusal.code === 'internal' || refusal.code === 'outcome_unknown' || refusal.code === 'unavailable') {
      log.error({ err: error, requestId: factsOf(request).id, code: refusal.code }, 'a request failed');
    }
    formFor(request)(request, response, refusal);
  };
}
