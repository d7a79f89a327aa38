import { isUtf8 } from 'node:buffer';
import express from 'express';
import type { RequestHandler } from 'express';
import { sendProblem } from './problem.ts';

/** The largest body of the API, in bytes. */
export const MOST_BODY_BYTES = 1_048_576;
const WITH_BODY = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

/** Reads a JSON body: at most 1 MiB of valid UTF-8 in `application/json`; another type is refused in the form of `send`. An empty body is an empty object. */
export function readJson(send = sendProblem): RequestHandler[] {
  const parse: RequestHandler = express.json({
    limit: MOST_BODY_BYTES,
    strict: false,
    type: () => true,
    verify: (_request, _response, bytes, charset) => {
      if (charset !== 'utf-8') throw Object.assign(new Error('charset'), { status: 415, type: 'charset.unsupported' });
      if (!isUtf8(bytes)) throw Object.assign(new Error('utf-8'), { status: 400, type: 'encoding.invalid' });
    },
  });
  return [
    (request, response, next) => {
      if (!WITH_BODY.has(request.method) || !hasBody(request.headers)) return next();
      const [type = ''] = (request.headers['content-type'] ?? '').split(';');
      if (/^application\/([a-z0-9.-]+\+)?json$/i.test(type.trim())) return parse(request, response, next);
      const detail = type === '' ? 'Say what the body is: Content-Type: application/json.' : `The body must be application/json, not ${type.trim().slice(0, 80)}.`;
      return send(request, response, { ok: false, code: 'unsupported_media_type', detail });
    },
  ];
}

function hasBody(headers: { 'content-length'?: string | undefined; 'transfer-encoding'?: string | undefined }): boolean {
  return headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0';
}
