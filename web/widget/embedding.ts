/** What the page says by the script's attributes. */
export interface Embedding {
  /** Where the script came from: the API is there, too. */
  readonly server: string;
  readonly widgetId: string;
  readonly user: string | null;
  readonly signature: string | null;
  readonly name: string | null;
}

/** Null where the page has no such script: then there is nothing to show. */
export function embeddingOf(script: HTMLScriptElement | null): Embedding | null {
  const { widget, user, signature, name } = script?.dataset ?? {};
  if (script === null || widget === undefined) return null;
  return { server: new URL(script.src).origin, widgetId: widget, user: user || null, signature: signature || null, name: name || null };
}
