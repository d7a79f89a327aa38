import { useEffect, useState } from 'react';
import type { TicketView } from '#workflows/contract/views.ts';
import type { Refused } from '../outcome.ts';
import { useCommand } from '../shell/use-command.ts';

const ASK_AFTER_MS = 250;

/** Whoever is known to have an address. */
export interface Reader {
  readonly name: string;
  readonly language: string | null;
  readonly source: TicketView['requesterDetail']['languageSource'];
}

interface Answer {
  readonly email: string;
  readonly known: Reader | null;
  readonly failed: Refused | null;
}

/** What whoever has this address reads: as it is known of them, until somebody says otherwise. */
export function useReader(email: string, { isAsked }: { isAsked: boolean }) {
  const { run } = useCommand('/do/tickets');
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [said, setSaid] = useState<{ language: string | null } | null>(null);
  const asked = email.trim().toLowerCase();
  const isOwed = isAsked && isAddress(asked) && answer?.email !== asked;
  useEffect(() => {
    if (!isOwed) return;
    let isLeft = false;
    const ask = async () => {
      const outcome = await run<Reader | null>({ intent: 'reader', email: asked }, { onRefused: () => true });
      if (!isLeft) setAnswer({ email: asked, known: outcome.ok ? outcome.value : null, failed: outcome.ok ? null : outcome });
    };
    const timer = setTimeout(() => void ask(), ASK_AFTER_MS);
    return () => {
      isLeft = true;
      clearTimeout(timer);
    };
  }, [isOwed, asked, run]);

  const current = answer?.email === asked ? answer : null;
  const known = current?.known ?? null;
  return {
    known,
    /** Null: not known, or what is written is to be sent as it is. */
    language: said === null ? (known?.language ?? null) : said.language,
    // Who has been told does not wait to be told.
    isAsking: isOwed && said === null,
    failed: isAsked && said === null ? (current?.failed ?? null) : null,
    say: (language: string | null) => setSaid({ language }),
    askAgain: () => setAnswer(null),
  };
}
export type ReaderState = ReturnType<typeof useReader>;

function isAddress(text: string): boolean {
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text);
}
