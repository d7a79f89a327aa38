import express from 'express';
import type { Express } from 'express';
import type { AppDeps } from './app-deps.ts';
import { crowdOf } from './crowd.ts';
import { eventStream } from './events/stream.ts';
import { bulkFieldOf } from './http/bulk-field.ts';
import { docsPage } from './http/docs-page.ts';
import { healthz, readyz } from './http/health.ts';
import { lastResort } from './http/last-resort.ts';
import { mountRoutes } from './http/mount-routes.ts';
import { openApiDocument } from './http/openapi.ts';
import { sendProblem } from './http/problem.ts';
import { factsOf } from './http/request-facts.ts';
import { requestLog } from './http/request-log.ts';
import { securityHeaders } from './http/security-headers.ts';
import { sendErrorPage } from './http/error-page.ts';
import { webPages } from './http/web-pages.ts';
import { mcpEndpoint } from './mcp/endpoint.ts';
import { ALL_ROUTES } from './routes/all-routes.ts';
import { widgetEndpoint } from './widget/endpoint.ts';
import { widgetScript } from './widget/script.ts';

/** The one Express app: the API, its docs, MCP, the live stream, the health probes, and the pages for every other address. */
export function createApp(deps: AppDeps): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('trust proxy', deps.proxies);
  app.use(requestLog(deps.log), securityHeaders({ isHttps: deps.publicUrl.startsWith('https:') }), refuseUnreadableAddress);

  app.get('/healthz', healthz);
  app.get('/readyz', readyz(deps));
  app.get('/events', eventStream(deps));

  const document = whenFirstAsked(() => openApiDocument(ALL_ROUTES, { publicUrl: deps.publicUrl }));
  app.get('/api/v1/openapi.json', (request, response) => {
    factsOf(request).route = 'GET /openapi.json';
    response.json(document());
  });
  app.get(['/api', '/api/docs'], docsPage(document));
  app.use('/api/v1', noStore, mountRoutes(deps, ALL_ROUTES));
  app.use('/api', (request, response) =>
    sendProblem(request, response, { ok: false, code: 'not_found', detail: 'The API has no such address. /api/docs lists them all.' }),
  );
  app.use('/mcp', noStore, mcpEndpoint(deps));
  app.get('/widget.js', widgetScript(deps));
  app.use('/widget/v1', noStore, widgetEndpoint(crowdOf(deps)));
  app.use(webPages(deps));
  app.use(
    lastResort(deps, {
      formFor: ({ path }) => (path.startsWith('/api') ? sendProblem : sendErrorPage),
      mayHaveWritten: ({ method }) => method !== 'GET',
      bulkFieldOf: bulkFieldOf(ALL_ROUTES),
    }),
  );
  return app;
}

/** Made once, and not by a process that is just starting: the document of every route is a third of a second's work. */
function whenFirstAsked<T extends object>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

/** A query that is no UTF-8 would be searched for as something else. */
const refuseUnreadableAddress: express.RequestHandler = (request, _response, next) => {
  decodeURIComponent(request.url);
  next();
};

const noStore: express.RequestHandler = (_request, response, next) => {
  response.set('Cache-Control', 'no-store');
  next();
};
