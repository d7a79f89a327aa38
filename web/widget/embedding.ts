/** What the page says by the script's attributes. */
export interface Embedding {
  /** Where the script came from: the API is there, too. */
  readonly server: string;
  readonly widgetId: string;
  readonly user: string | null;
  readonly signature: string | null;
  readonly name: string | null;
  /** In which language the page wants the chat, and in which it is itself. */
  readonly languages: readonly (string | null)[];
}

/** Null where the page has no such script: then there is nothing to show. */
export function embeddingOf(script: HTMLScriptElement | null): Embedding | null {
  const { widget, user, signature, name, lang } = script?.dataset ?? {};
  if (script === null || widget === undefined) return null;
  return { server: new URL(script.src).origin, widgetId: widget, user: user || null, signature: signature || null, name: name || null, languages: [lang || null, document.documentElement.lang || null] };
}
