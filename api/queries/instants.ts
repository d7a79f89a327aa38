/** An instant as it leaves the API: ISO 8601 in UTC. */
export function iso(at: Date | number): string {
  return new Date(at).toISOString();
}

/** The same for what may be missing. */
export function isoOrNull(at: Date | number | null | undefined): string | null {
  return at === null || at === undefined ? null : iso(at);
}
