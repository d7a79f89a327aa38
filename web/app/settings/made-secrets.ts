import { useEffect, useState } from 'react';

// Between the page that has something made and the page of what was made: in memory alone, for the browser's history would
// keep it over a reload.
const made = new Map<string, string>();

/** A secret that the server has just told, and never tells again, for the page of what it is of. */
export function keepMadeSecret(id: string, secret: string): void {
  made.set(id, secret);
}

/** The secret of what has just been made, until its page is left; null: it was not made just now. */
export function useMadeSecret(id: string): string | null {
  const [secret] = useState(() => made.get(id) ?? null);
  // Not when it is read: a page that fails to open and is tried again must still have it.
  useEffect(
    () => () => {
      made.delete(id);
    },
    [id],
  );
  return secret;
}
