import { pipeline } from 'node:stream';
import type { Readable } from 'node:stream';
import type { Response } from 'express';
import { z } from 'zod';

/** A stored file on its way to whoever asked; `size` in bytes. */
export interface FileAnswer {
  readonly stream: Readable;
  readonly fileName: string;
  readonly size: number;
}

export function isFileAnswer(value: unknown): value is FileAnswer {
  return typeof value === 'object' && value !== null && 'stream' in value && 'fileName' in value && 'size' in value;
}

export const fileAnswer = z.custom<FileAnswer>(isFileAnswer);

/**
 * Sends bytes that a stranger chose: never shown by the browser, whatever they are (RFC 6266 for the name), and in a
 * sandbox if one shows them all the same.
 */
export function sendFile(response: Response, { stream, fileName, size }: FileAnswer): void {
  const plain = fileName.replaceAll(/[^\x20-\x7e]|["\\]/g, '_');
  const exact = encodeURIComponent(fileName).replaceAll(/['()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
  response.set({
    'Content-Type': 'application/octet-stream',
    'Content-Length': String(size),
    'Content-Disposition': `attachment; filename="${plain}"; filename*=UTF-8''${exact}`,
    'Content-Security-Policy': "default-src 'none'; sandbox",
  });
  // A reader that goes away closes the file; there is nobody left to tell.
  pipeline(stream, response, () => undefined);
}
