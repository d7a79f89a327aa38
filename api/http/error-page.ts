import type { Request, Response } from 'express';
import { PROBLEMS } from './errors.ts';
import { escapeHtml } from './escape-html.ts';
import type { HttpRefusal } from './problem.ts';
import { factsOf } from './request-facts.ts';

const STYLE = `:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:40rem;margin:15vh auto;padding:0 1rem}
small{opacity:.7}a{color:inherit}`;

/** The page for when the pages themselves cannot answer: what happened, and what to do. */
export function sendErrorPage(request: Request, response: Response, { code, detail, retryAfter }: HttpRefusal): void {
  const { status, title } = PROBLEMS[code];
  const { id, nonce } = factsOf(request);
  factsOf(request).code = code;
  if (status === 503) response.set('Retry-After', String(retryAfter ?? 5));
  response.status(status).set('Cache-Control', 'no-store').type('html').send(`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)} · Baton</title><style nonce="${nonce}">${STYLE}</style></head>
<body><h1>${escapeHtml(title)}</h1><p>${escapeHtml(detail)}</p><p><a href="">Try again</a></p><p><small>Request ${escapeHtml(id)}</small></p></body></html>`);
}
