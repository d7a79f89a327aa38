import { useEffect, useRef, useState } from 'react';
import { freshKey } from '../fresh-key.ts';
import { post } from '../post.ts';
import { useRoot } from '../root-data.ts';

const SAVE_AFTER_MS = 700;
export type DraftKind = 'reply' | 'note';
export type SaveState = 'saved' | 'saving' | 'unsaved';

/** A text that is kept on the server while it is written, per ticket, person and kind. */
export function useDraft(ticketId: string, kind: DraftKind, stored: string) {
  const { csrf } = useRoot();
  const [text, setText] = useState(stored);
  const [kept, setKept] = useState(stored);
  const [hasFailed, setFailed] = useState(false);
  const latest = useRef({ text, kept });
  latest.current = { text, kept };

  const save = useRef(async (_next: string) => {});
  save.current = async (next: string) => {
    if (next === latest.current.kept) return;
    const form = new FormData();
    for (const [name, value] of [['csrf', csrf], ['key', freshKey()], ['intent', 'draft'], ['kind', kind], ['text', next]] as const) form.set(name, value);
    const outcome = await post(`/do/tickets/${ticketId}`, form, { outlivesPage: true });
    setFailed(!outcome.ok);
    if (outcome.ok) setKept(next);
  };

  useEffect(() => {
    const timer = setTimeout(() => void save.current(text), SAVE_AFTER_MS);
    return () => clearTimeout(timer);
  }, [text]);

  // Going elsewhere must not lose the last words.
  useEffect(() => {
    const saveNow = () => void save.current(latest.current.text);
    window.addEventListener('pagehide', saveNow);
    return () => {
      window.removeEventListener('pagehide', saveNow);
      saveNow();
    };
  }, []);

  const state: SaveState = text === kept ? 'saved' : hasFailed ? 'unsaved' : 'saving';
  return {
    text,
    setText,
    state,
    /** The text was sent: nothing is left to keep. */
    clear: () => {
      setText('');
      void save.current('');
    },
  };
}
export type Draft = ReturnType<typeof useDraft>;
