import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import type { RequestHandler } from 'express';
import { refuse } from '#workflows/domain/errors.ts';
import type { AppDeps } from '../app-deps.ts';
import { sendProblem } from '../http/problem.ts';
import { factsOf } from '../http/request-facts.ts';

const brotliOf = promisify(brotliCompress);
const gzipOf = promisify(gzip);
/** Old enough to spare requests, young enough that a new version is everywhere within minutes. */
const CACHE_CONTROL = 'public, max-age=300, stale-while-revalidate=86400';

interface Script {
  readonly etag: string;
  readonly bodies: Readonly<Record<'br' | 'gzip' | 'identity', Buffer>>;
}

/** `/widget.js`, for pages of any site (Cross-Origin-Resource-Policy), compressed once per process; without a build it is not there. */
export function widgetScript({ widgetBuild }: Pick<AppDeps, 'widgetBuild'>): RequestHandler {
  let loading: Promise<Script | null> | null = null;
  return async (request, response) => {
    factsOf(request).route = 'GET /widget.js';
    const script = await (loading ??= load(widgetBuild));
    if (script === null) return sendProblem(request, response, refuse('unavailable', 'The widget is not built yet. "npm start" builds it.'));
    response.vary('Accept-Encoding');
    response.set({ 'Cross-Origin-Resource-Policy': 'cross-origin', 'Cache-Control': CACHE_CONTROL, ETag: script.etag, 'Content-Type': 'text/javascript; charset=utf-8' });
    if (request.get('if-none-match')?.includes(script.etag)) return void response.status(304).end();
    const accepted = request.acceptsEncodings('br', 'gzip', 'identity');
    const encoding = accepted === 'br' || accepted === 'gzip' ? accepted : 'identity';
    if (encoding !== 'identity') response.set('Content-Encoding', encoding);
    response.end(script.bodies[encoding]);
  };
}

async function load(folder: string | null): Promise<Script | null> {
  if (folder === null) return null;
  const identity = await readFile(path.join(folder, 'widget.js')).catch(() => null);
  if (identity === null) return null;
  const [br, zipped] = await Promise.all([brotliOf(identity), gzipOf(identity, { level: 9 })]);
  return { etag: `"${createHash('sha256').update(identity).digest('base64url').slice(0, 27)}"`, bodies: { br, gzip: zipped, identity } };
}
