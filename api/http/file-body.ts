import type { Request } from 'express';
import { z } from 'zod';

/** A request's body where it is a file: bytes of any kind, read as they come. Written as JSON it is what a repeated request is known by. */
export interface FileBody {
  /** As the sender says. */
  readonly mediaType: string;
  /** In bytes; null: it comes in pieces, and nobody says how many. */
  readonly length: number | null;
  /** Can be read once. Where it is not read to its end, whoever is still sending hears the answer all the same. */
  readonly content: () => AsyncIterable<Buffer>;
}

export function fileBodyOf(request: Request): FileBody {
  const [named = ''] = (request.headers['content-type'] ?? '').split(';');
  const given = named.trim().toLowerCase();
  const length = request.headers['content-length'];
  return {
    mediaType: /^[\w.+-]{1,60}\/[\w.+-]{1,60}$/.test(given) ? given : 'application/octet-stream',
    length: length === undefined ? (request.headers['transfer-encoding'] === undefined ? 0 : null) : Number(length),
    content: () => piecesOf(request),
  };
}

async function* piecesOf(request: Request): AsyncGenerator<Buffer> {
  for await (const piece of request) yield Buffer.from(piece);
}

export const fileBody = z.custom<FileBody>((value) => typeof value === 'object' && value !== null && 'content' in value && typeof value.content === 'function', 'must be a file');
