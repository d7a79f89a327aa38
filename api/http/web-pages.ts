import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { createRequestHandler } from '@remix-run/express';
import type { ServerBuild } from '@remix-run/node';
import express, { Router } from 'express';
import type { Request, RequestHandler, Response } from 'express';
import type { WebContext } from '#workflows/contract/desk.ts';
import type { AppDeps } from '../app-deps.ts';
import { principalFromRequest } from '../auth/principal-from-request.ts';
import { createWebAuth } from '../auth/web-auth.ts';
import { createCsatDesk } from '../csat/csat-page.ts';
import { deskOf } from '../desk.ts';
import { compressedAssets } from './compressed-assets.ts';
import { sendErrorPage } from './error-page.ts';
import { addressOf } from './identify.ts';
import { MOST_BODY_BYTES } from './read-json.ts';
import { factsOf } from './request-facts.ts';
import { webHeaders } from './web-headers.ts';

const YEAR_SECONDS = 31_536_000;

/** The pages: built files, and Remix for every other address. Without a build a page says what to do. */
export function webPages(deps: AppDeps): Router {
  const router = Router();
  const { webBuild } = deps;
  if (webBuild !== null) {
    const client = path.join(webBuild, 'client');
    // Their names carry a hash of their content.
    router.use('/assets', markAsset, compressedAssets(path.join(client, 'assets')), express.static(path.join(client, 'assets'), { immutable: true, maxAge: YEAR_SECONDS * 1_000, index: false, fallthrough: true }));
    router.use(express.static(client, { maxAge: 3_600_000, index: false, redirect: false }));
  }
  router.use('/assets', (request, response) => sendErrorPage(request, response, { ok: false, code: 'not_found', detail: 'There is no such file. Reload the page: a newer version may be running.' }));
  router.use(refuseUnstorablePath, refuseForeignForms(deps), servePages(deps));
  return router;
}

const markAsset: RequestHandler = (request, _response, next) => {
  factsOf(request).route = '/assets';
  next();
};

/** No id holds a NUL, and a database that is asked for one fails instead of finding nothing. */
const refuseUnstorablePath: RequestHandler = (request, response, next) => {
  if (!decodeURIComponent(request.path).includes('\0')) return next();
  sendErrorPage(request, response, { ok: false, code: 'not_found', detail: 'There is no such page.' });
};

/** Forms come from our own pages, and are small. Their token is checked by the page that reads the form. */
function refuseForeignForms({ csrf }: AppDeps): RequestHandler {
  return (request, response, next) => {
    factsOf(request).route = 'page';
    if (request.method === 'GET' || request.method === 'HEAD') return next();
    const length = Number(request.headers['content-length'] ?? Number.NaN);
    if (Number.isNaN(length) || length > MOST_BODY_BYTES) return sendErrorPage(request, response, { ok: false, code: 'too_large', detail: 'A form may have at most 1 MB.' });
    if (csrf.isSameOrigin(webHeaders(request.headers))) return next();
    return sendErrorPage(request, response, { ok: false, code: 'csrf', detail: 'This form was sent from another site.' });
  };
}

function servePages(deps: AppDeps): RequestHandler {
  let handler: RequestHandler | null = null;
  return async (request, response, next) => {
    handler ??= await remixHandler(deps);
    if (handler === null) {
      return sendErrorPage(request, response, { ok: false, code: 'unavailable', detail: 'The pages are not built yet. "npm start" builds them; the API is at /api/docs.' });
    }
    response.set('Cache-Control', 'no-store');
    await handler(request, response, next);
  };
}

async function remixHandler(deps: AppDeps): Promise<RequestHandler | null> {
  const entry = deps.webBuild === null ? null : path.join(deps.webBuild, 'server', 'index.js');
  if (entry === null || !existsSync(entry)) return null;
  const build: unknown = await import(pathToFileURL(entry).href);
  if (!isServerBuild(build)) throw new Error(`${entry} is no build of the pages`);
  return createRequestHandler({ build, mode: 'production', getLoadContext: (request, response) => contextOf(deps, request, response) });
}

function isServerBuild(module: unknown): module is ServerBuild {
  return typeof module === 'object' && module !== null && 'routes' in module && 'entry' in module && 'assets' in module;
}

/** What every loader and action gets: the desk of whoever is signed in, this response's nonce, this browser's token. */
async function contextOf(deps: AppDeps, request: Request, response: Response) {
  const headers = webHeaders(request.headers);
  const { principal, sessionToken, setCookie } = await identityOf(deps, headers);
  const binding = deps.csrf.bindingFor({ headers, sessionToken });
  for (const cookie of [...setCookie, ...binding.setCookie]) response.append('Set-Cookie', cookie);
  if (principal?.kind === 'operator') factsOf(request).principal = principal.operatorId;
  return {
    desk: principal === null ? null : await deskOf(deps, principal),
    nonce: factsOf(request).nonce,
    csrfToken: deps.csrf.csrfTokenFor(binding),
    auth: createWebAuth(deps, { headers, from: addressOf(request) }),
    csat: createCsatDesk(deps, { from: addressOf(request) }),
    onFailure: (error) => deps.log.error({ err: error, requestId: factsOf(request).id }, 'a page failed'),
  } satisfies WebContext;
}

async function identityOf(deps: AppDeps, headers: Headers) {
  // A page belongs to a person: a key in a header opens none.
  headers.delete('authorization');
  const identity = await principalFromRequest(deps, headers);
  return identity.ok ? identity.value : { principal: null, sessionToken: null, setCookie: [] };
}
