import type { Request } from 'express';
import { z } from 'zod';

/** A request's body where it is a file: bytes of any kind, read as they come. Written as JSON it is what a repeated request is known by. */
export interface FileBody {
  /** As the sender says. */
  readonly mediaType: string;
  /** In bytes; null: it comes in pieces, and nobody says how many. */
  readonly length: number | null;
  /** Can be read once; throws `BrokenOff`. Where it is not read to its end, whoever is still sending hears the answer all the same. */
  readonly content: () => AsyncIterable<Buffer>;
}

/** What curl and others say of whatever they send, where nobody told them what it is. */
const SAID_OF_ANYTHING = 'application/x-www-form-urlencoded';

export function fileBodyOf(request: Request): FileBody {
  const [named = ''] = (request.headers['content-type'] ?? '').split(';');
  const given = named.trim().toLowerCase();
  const length = request.headers['content-length'];
  return {
    mediaType: given !== SAID_OF_ANYTHING && /^[\w.+-]{1,60}\/[\w.+-]{1,60}$/.test(given) ? given : 'application/octet-stream',
    length: length === undefined ? (request.headers['transfer-encoding'] === undefined ? 0 : null) : Number(length),
    content: () => piecesOf(request),
  };
}

/** Thrown to whoever reads a file whose sender went away before its end: their affair and not our failure, and no answer to repeat. */
export class BrokenOff extends Error {
  // As the parsers of Express say it, for `refusalOfRequest`.
  readonly status = 400;
}

async function* piecesOf(request: Request): AsyncGenerator<Buffer> {
  try {
    for await (const piece of request) yield Buffer.from(piece);
  } catch (error) {
    throw new BrokenOff('the sender of a file went away before its end', { cause: error });
  }
}

export const fileBody = z.custom<FileBody>((value) => typeof value === 'object' && value !== null && 'content' in value && typeof value.content === 'function', 'must be a file');
