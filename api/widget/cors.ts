import type { Request, RequestHandler, Response } from 'express';
import { widgetOfPage } from '#prisma/store/widgets/widgets.ts';
import { prepared } from '#prisma/transaction.ts';
import type { WidgetRow } from '#prisma/store/widgets/widgets.ts';
import { refuse } from '#workflows/domain/errors.ts';
import type { AppDeps } from '../app-deps.ts';
import { sendProblem } from '../http/problem.ts';
import { webHeaders } from '../http/web-headers.ts';
import { isId } from '../is-id.ts';

/** The widget that each admitted request is about. */
export type Widgets = WeakMap<Request, WidgetRow>;

const PREFLIGHT_SECONDS = '600';

/**
 * Lets in requests from pages that may embed the widget they name in `?widget=` (https://fetch.spec.whatwg.org/#http-cors-protocol),
 * before anything else of them is read. Cookies play no part: `Access-Control-Allow-Credentials` is never sent.
 */
export function admitOrigin(deps: AppDeps, widgets: Widgets): RequestHandler {
  return async (request, response, next) => {
    const id = request.query['widget'];
    const widget = typeof id === 'string' && isId('widget', id) ? await widgetOfPage(prepared(deps.prisma), id) : null;
    if (widget === null) return sendProblem(request, response, refuse('not_found', 'There is no such widget. The snippet in the settings of the web chat names one.'));
    if (!mayEmbed(deps, widget, request)) {
      return sendProblem(request, response, refuse('origin_not_allowed', 'This site may not embed the widget. An admin adds its origin in the settings of the web chat.'));
    }
    allowToRead(request, response);
    if (request.method === 'OPTIONS') return void response.status(204).end();
    widgets.set(request, widget);
    next();
  };
}

function mayEmbed({ csrf }: AppDeps, { origins }: WidgetRow, request: Request): boolean {
  const origin = request.get('origin');
  if (origin !== undefined && origins.includes(origin)) return true;
  // A page of our own sends no Origin with a GET, but its browser says where it comes from; programs say nothing, and are no page.
  return (origin !== undefined || request.get('sec-fetch-site') === 'same-origin') && csrf.isSameOrigin(webHeaders(request.headers));
}

/** Lets the page that asks read the answer; never with cookies. */
export function allowToRead(request: Request, response: Response): void {
  const origin = request.get('origin');
  if (origin === undefined) return;
  response.set({
    'Access-Control-Allow-Origin': origin,
    'Access-Control-Allow-Methods': 'GET, POST',
    'Access-Control-Allow-Headers': 'authorization, content-type',
    'Access-Control-Expose-Headers': 'Retry-After, X-Request-Id',
    'Access-Control-Max-Age': PREFLIGHT_SECONDS,
  });
}
