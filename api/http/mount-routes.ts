import { Router } from 'express';
import type { AppDeps } from '../app-deps.ts';
import { answerRoute } from './answer-route.ts';
import { sendProblem } from './problem.ts';
import { readJson } from './read-json.ts';
import type { Route } from './route.ts';

/** The routes of the API as a router; a path that exists answers other methods with 405 and says which it has. */
export function mountRoutes(deps: AppDeps, routes: readonly Route[]): Router {
  const router = Router({ caseSensitive: true });
  const methodsOf = new Map<string, string[]>();
  const json = readJson();
  for (const route of routes) {
    const path = route.path.replaceAll(/\{(\w+)\}/g, ':$1');
    router[route.method](path, ...(route.takesFile ? [] : json), answerRoute(deps, route));
    methodsOf.set(path, [...(methodsOf.get(path) ?? []), route.method.toUpperCase()]);
  }
  for (const [path, methods] of methodsOf) {
    router.all(path, (request, response) => {
      response.set('Allow', methods.join(', '));
      sendProblem(request, response, { ok: false, code: 'method_not_allowed', detail: `This address answers ${methods.join(', ')}.` });
    });
  }
  return router;
}
