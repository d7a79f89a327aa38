import { pino } from 'pino';
import type { DestinationStream, Logger } from 'pino';

export type { Logger };

/** The one logger: JSON lines on standard output. Bodies, queries, headers and secrets are never given to it. */
export function createLog({ level, to }: { level: string; to?: DestinationStream }): Logger {
  const options = { level, base: { process: 'api' }, serializers: { err: describeError } };
  return to === undefined ? pino(options) : pino(options, to);
}

/**
 * An error without the values it speaks of: Prisma prints arguments and PostgreSQL prints rows into their messages,
 * so only kinds, codes, the last line and the frames are kept.
 */
export function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { type: typeof error };
  const message = error.message.trim().split('\n').at(-1) ?? '';
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return {
    type: error.name,
    ...('code' in error && { code: error.code }),
    message: error.name === 'PrismaClientValidationError' ? '' : message.slice(0, 300),
    stack: frames.slice(0, 12).join('\n'),
    ...(error.cause instanceof Error && { cause: describeError(error.cause) }),
  };
}
