import { isGrpcServiceError } from '@temporalio/client';

// Node's, libpq's and Prisma's words for "the other side is not there".
const CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'P1001',
  'P1002',
  'P1008',
  'P1017',
  'P2024',
  // A transaction that could not begin or end in its time: it was rolled back.
  'P2028',
]);
// SQLSTATE classes: 08 connection, 53 resources, 57P shutdown and start-up, 58 system.
const SQL_STATES = /^(08...|53...|57P0[1-5]|58...)$/;
const WORDS = /Connection terminated|timeout exceeded when trying to connect|Server has closed the connection|Can't reach database server|Connection ended unexpectedly|encountered a connection error and is not queryable|Unable to start a transaction in the given time/i;
const KINDS = new Set(['DatabaseNotReachable', 'ConnectionClosed', 'SocketTimeout', 'TooManyConnections']);
// gRPC: 4 deadline exceeded, 14 unavailable.
const GRPC_AWAY = new Set([4, 14]);
const DEEPEST = 6;

/** True where PostgreSQL or Temporal could not be reached: the same request can succeed later, without a restart. */
export function isOutage(error: unknown, depth = 0): boolean {
  if (typeof error !== 'object' || error === null || depth > DEEPEST) return false;
  if (isGrpcServiceError(error)) return GRPC_AWAY.has(error.code);
  if ('code' in error && typeof error.code === 'string' && (CODES.has(error.code) || SQL_STATES.test(error.code))) return true;
  if ('originalCode' in error && typeof error.originalCode === 'string' && SQL_STATES.test(error.originalCode)) return true;
  if ('kind' in error && typeof error.kind === 'string' && KINDS.has(error.kind)) return true;
  if (error instanceof Error && WORDS.test(error.message)) return true;
  const several: unknown[] = 'errors' in error && Array.isArray(error.errors) ? error.errors : [];
  const inner: unknown[] = ['cause' in error && error.cause, 'meta' in error && error.meta, 'driverAdapterError' in error && error.driverAdapterError];
  return [...inner, ...several].some((one) => isOutage(one, depth + 1));
}
