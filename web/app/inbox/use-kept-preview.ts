import { useCallback, useEffect, useState } from 'react';

/** What goes out instead of the draft. */
export interface Preview {
  /** The draft that it was made of. */
  readonly source: string;
  readonly sourceLanguage: string;
  readonly language: string;
  readonly text: string;
  /** Of a first message: its subject, and the one that this was made of. */
  readonly subject?: string;
  readonly sourceSubject?: string;
}

/**
 * A translation that was looked at, and perhaps changed: kept in this tab with its ticket, so that a reload loses no word of it.
 * Without a ticket there is nothing to keep it with, and it is made anew.
 */
export function useKeptPreview(ticketId: string | null): [Preview | null, (preview: Preview | null) => void] {
  const key = ticketId === null ? null : `baton.preview.${ticketId}`;
  const [preview, setPreview] = useState<Preview | null>(null);
  useEffect(() => setPreview(key === null ? null : previewIn(window.sessionStorage.getItem(key))), [key]);
  const keep = useCallback(
    (next: Preview | null) => {
      setPreview(next);
      if (key === null) return;
      if (next === null) window.sessionStorage.removeItem(key);
      else window.sessionStorage.setItem(key, JSON.stringify(next));
    },
    [key],
  );
  return [preview, keep];
}

function previewIn(stored: string | null): Preview | null {
  const value: unknown = stored === null ? null : JSON.parse(stored);
  if (typeof value !== 'object' || value === null) return null;
  const fields: Record<string, unknown> = { ...value };
  const { source, sourceLanguage, language, text } = fields;
  return typeof source === 'string' && typeof sourceLanguage === 'string' && typeof language === 'string' && typeof text === 'string' ? { source, sourceLanguage, language, text } : null;
}
