import { useEffect, useRef, useState } from 'react';
import { freshKey } from '../fresh-key.ts';
import { post } from '../post.ts';
import { useRoot } from '../root-data.ts';

const SAVE_AFTER_MS = 700;
export type DraftKind = 'reply' | 'note';
export type SaveState = 'saved' | 'saving' | 'unsaved';

/** A text that is kept on the server while it is written, per ticket, person and kind, with the ids of the files that wait beside it. */
export function useDraft(ticketId: string, kind: DraftKind, stored: string, files: readonly string[]) {
  const { csrf } = useRoot();
  const [text, setText] = useState(stored);
  // What a draft is, to be compared: its files and its text.
  const draft = together(files, text);
  const [kept, setKept] = useState(draft);
  const [hasFailed, setFailed] = useState(false);
  const latest = useRef({ draft, kept });
  latest.current = { draft, kept };

  const save = useRef(async (_next: KeptDraft) => {});
  save.current = async (next) => {
    if (next === latest.current.kept) return;
    const [ids, words] = apart(next);
    const form = new FormData();
    for (const [name, value] of [['csrf', csrf], ['key', freshKey()], ['intent', 'draft'], ['kind', kind], ['text', words]] as const) form.set(name, value);
    for (const id of ids) form.append('attachment', id);
    const outcome = await post(`/do/tickets/${ticketId}`, form, { outlivesPage: true });
    setFailed(!outcome.ok);
    if (outcome.ok) setKept(next);
  };

  useEffect(() => {
    const timer = setTimeout(() => void save.current(draft), SAVE_AFTER_MS);
    return () => clearTimeout(timer);
  }, [draft]);

  // Going elsewhere must not lose the last words.
  useEffect(() => {
    const saveNow = () => void save.current(latest.current.draft);
    window.addEventListener('pagehide', saveNow);
    return () => {
      window.removeEventListener('pagehide', saveNow);
      saveNow();
    };
  }, []);

  const state: SaveState = draft === kept ? 'saved' : hasFailed ? 'unsaved' : 'saving';
  return {
    text,
    setText,
    state,
    /** The text was sent, and its files: nothing is left to keep. */
    clear: () => {
      setText('');
      void save.current(together([], ''));
    },
  };
}

/** In the first line the ids, then the text: one value, so that what is kept is compared in one. */
type KeptDraft = string;
const together = (files: readonly string[], text: string): KeptDraft => `${files.join(' ')}\n${text}`;

function apart(draft: KeptDraft): [string[], string] {
  const end = draft.indexOf('\n');
  return [draft.slice(0, end).split(' ').filter((id) => id !== ''), draft.slice(end + 1)];
}

export type Draft = ReturnType<typeof useDraft>;
