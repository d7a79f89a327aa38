import type { RequestHandler } from 'express';
import { factsOf } from './request-facts.ts';
import type { ApiDocument } from './openapi.ts';
export function docsPage(document: ApiDocument): RequestHandler {
  const text = JSON.stringify(document, null, 2);
  return (request, response) => {
    factsOf(request).route = '/api/docs';
    response.type('text').send(text);
  };
}
