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
  const [state, setState] = useState<SaveState>('saved');
  const saved = useRef(stored);
  const latest = useRef(text);
  latest.current = text;

  const save = useRef(async (_next: string) => {});
  save.current = async (next: string) => {
    if (next === saved.current) return;
    setState('saving');
    const form = new FormData();
    for (const [name, value] of [['csrf', csrf], ['key', freshKey()], ['intent', 'draft'], ['kind', kind], ['text', next]] as const) form.set(name, value);
    const outcome = await post(`/do/tickets/${ticketId}`, form);
    if (outcome.ok) saved.current = next;
    setState(outcome.ok ? 'saved' : 'unsaved');
  };

  useEffect(() => {
    const timer = setTimeout(() => void save.current(text), SAVE_AFTER_MS);
    return () => clearTimeout(timer);
  }, [text]);

  // Going to another ticket must not lose the last words.
  useEffect(() => () => void save.current(latest.current), []);

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
