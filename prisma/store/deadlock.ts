const TRIES = 5;

/** PostgreSQL ends one of two transactions that wait for each other (40P01): that one is simply done again. */
export async function retryingDeadlocks<T>(transaction: () => Promise<T>): Promise<T> {
  for (let round = 1; ; round += 1) {
    try {
      return await transaction();
    } catch (error) {
      if (round >= TRIES || !isDeadlock(error)) throw error;
    }
  }
}

function isDeadlock(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  // Prisma maps a write conflict or deadlock to P2034; its raw queries keep PostgreSQL's own code in the message.
  return ('code' in error && (error.code === 'P2034' || error.code === '40P01')) || /40P01|deadlock detected/.test(error.message);
}
