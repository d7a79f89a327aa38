import type { RequestHandler } from 'express';
import { docsHtml } from './docs-html.ts';
import type { ApiDocument } from './openapi.ts';
import { factsOf } from './request-facts.ts';

/** The OpenAPI document as a page for people: no script, no other origin, readable as it is. */
export function docsPage(document: () => ApiDocument): RequestHandler {
  let html: string | undefined;
  return (request, response) => {
    factsOf(request).route = 'GET /api/docs';
    html ??= docsHtml(document());
    response.type('html').send(html.replace('NONCE', factsOf(request).nonce));
  };
}
