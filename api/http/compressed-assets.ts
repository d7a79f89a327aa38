import { existsSync, readdirSync } from 'node:fs';
import type { RequestHandler } from 'express';

const ENCODINGS = [
  ['br', '.br'],
  ['gzip', '.gz'],
] as const;
const TYPES: Readonly<Record<string, string>> = { js: 'text/javascript; charset=utf-8', css: 'text/css; charset=utf-8' };

/** Points a request at the compressed file beside the one it asks for, where the build made one and the browser takes it (RFC 9110, 12.5.3). */
export function compressedAssets(folder: string): RequestHandler {
  // Listed once: their names carry a hash, so a build never changes a file under the same name.
  const names = new Set(existsSync(folder) ? readdirSync(folder) : []);
  return (request, response, next) => {
    const name = request.path.slice(1);
    const type = TYPES[name.slice(name.lastIndexOf('.') + 1)];
    if (type === undefined) return next();
    response.vary('Accept-Encoding');
    for (const [encoding, suffix] of ENCODINGS) {
      if (!names.has(name + suffix) || request.acceptsEncodings(encoding) === false) continue;
      response.set({ 'Content-Encoding': encoding, 'Content-Type': type });
      request.url = `/${name}${suffix}`;
      break;
    }
    next();
  };
}
