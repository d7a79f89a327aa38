import { useCallback, useEffect, useRef, useState } from 'react';
import { freshKey } from '../fresh-key.ts';
import { isDefinite } from '../outcome.ts';
import type { Outcome, Refused } from '../outcome.ts';
import { post } from '../post.ts';
import { useRoot } from '../root-data.ts';
import { toast } from '../ui/toast.tsx';
import { useRefresh } from './use-refresh.ts';

export type Fields = Readonly<Record<string, string | readonly string[]>>;

export interface CommandWords<T> {
  /** Said when it is done; left out: the page itself shows it. */
  readonly done?: string;
  readonly onDone?: (value: T) => void;
  /** Answers true where it has dealt with the refusal itself. */
  readonly onRefused?: (refused: Refused) => boolean;
  readonly undo?: () => void;
}

/** Runs commands of buttons, menus and keys; a refusal is said in a toast, and the page shows the truth again. */
export function useCommand(path: string) {
  const { csrf } = useRoot();
  const { refresh, isRefreshing } = useRefresh();
  const [pending, setPending] = useState<{ fields: Fields; isAnswered: boolean } | null>(null);
  const unanswered = useRef(new Map<string, string>());

  // What was asked for is shown until the page has been read again: no flicker back in between.
  useEffect(() => {
    if (pending?.isAnswered && !isRefreshing) setPending(null);
  }, [pending, isRefreshing]);

  const run = useCallback(
    async <T = unknown>(fields: Fields, words: CommandWords<T> = {}): Promise<Outcome<T>> => {
      const what = JSON.stringify([path, fields]);
      // The same command after an answer that never came is the same try: it keeps its key.
      const key = unanswered.current.get(what) ?? freshKey();
      unanswered.current.set(what, key);
      setPending({ fields, isAnswered: false });
      const outcome = await post<T>(path, asForm({ ...fields, csrf, key }));
      if (isDefinite(outcome)) unanswered.current.delete(what);
      if (outcome.ok) {
        words.onDone?.(outcome.value);
        if (words.done) toast(words.done, words.undo ? { action: { label: 'Undo', run: words.undo }, forMs: 8_000 } : {});
      } else if (!words.onRefused?.(outcome)) {
        sayRefusal(outcome);
      }
      setPending({ fields, isAnswered: true });
      refresh();
      return outcome;
    },
    [path, csrf, refresh],
  );
  return {
    run,
    /** What was asked for, until the page shows what came of it. */
    pending: pending?.fields ?? null,
    /** Nothing has been answered yet: a second one would overtake it. */
    isWaiting: pending !== null && !pending.isAnswered,
  };
}

function sayRefusal(refused: Refused): void {
  const signIn = { label: 'Sign in', run: () => window.location.assign(`/sign-in?to=${encodeURIComponent(window.location.pathname)}`) };
  toast(refused.detail, { kind: 'refused', ...(refused.code === 'unauthenticated' && { action: signIn, forMs: 60_000 }) });
}

function asForm(fields: Fields): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    for (const one of typeof value === 'string' ? [value] : value) form.append(name, one);
  }
  return form;
}
