import { useState } from 'react';
import { readingLanguage, speaks } from '#workflows/domain/language.ts';
import type { TranslatedFirstMessage, TranslatedText } from '#workflows/contract/translation.ts';
import type { Refused } from '../outcome.ts';
import { useShell } from '../shell/shell-data.ts';
import { useCommand } from '../shell/use-command.ts';
import { useKeptPreview } from './use-kept-preview.ts';
import type { Preview } from './use-kept-preview.ts';

interface Reading {
  /** Null: there is none yet. */
  readonly ticketId: string | null;
  /** What whoever gets it reads, as far as that is known. */
  readonly reads: string | null;
  /** The settings allow it. */
  readonly translates: boolean;
}

interface Draft {
  readonly text: string;
  /** Of a first message. */
  readonly subject?: string;
}

/** P47: a reply, or a first message, in the language of whoever reads it, seen before it is sent. */
export function useDraftTranslation({ ticketId, reads, translates }: Reading, { text: draft, subject }: Draft) {
  const { me } = useShell();
  const { run, pending } = useCommand(ticketId === null ? '/do/tickets' : `/do/tickets/${ticketId}`);
  const [made, setMade] = useKeptPreview(ticketId);
  const [failed, setFailed] = useState<Refused | null>(null);
  const isForeign = translates && reads !== null && !speaks(me.languages, reads);
  const isNeeded = isForeign && me.hasModel;
  // What was made of another text is no translation of this one.
  const preview = isNeeded && made?.source === draft && made.sourceSubject === subject && made.language === reads ? made : null;

  /** Says whether the text may go as it is: whoever writes their language, or had it written, needs no translation. */
  async function translate(): Promise<'is_theirs' | 'shown'> {
    if (reads === null || draft.trim() === '' || pending !== null) return 'shown';
    setFailed(null);
    const outcome = await run<TranslatedText | TranslatedFirstMessage>({ intent: 'translate', text: draft, to: reads, ...(subject !== undefined && { subject }) }, { onRefused: () => true });
    if (!outcome.ok && outcome.errors.some(({ path }) => path === 'body.to')) return 'is_theirs';
    if (!outcome.ok) setFailed(outcome);
    else setMade(previewOf(outcome.value, reads));
    return 'shown';
  }

  function previewOf({ text, sourceLanguage, ...more }: TranslatedText | TranslatedFirstMessage, language: string): Preview {
    const subjects = 'subject' in more && subject !== undefined ? { subject: more.subject, sourceSubject: subject } : {};
    return { source: draft, sourceLanguage: sourceLanguage ?? readingLanguage(me.locale), language, text, ...subjects };
  }

  return {
    /** What they read, where the writer does not write it. */
    foreign: isForeign ? reads : null,
    isNeeded,
    isWorking: pending !== null,
    preview,
    isStale: isNeeded && made !== null && preview === null && draft.trim() !== '',
    failed,
    translate,
    edit: (change: { text: string } | { subject: string }) => made && setMade({ ...made, ...change }),
    clear: () => {
      setMade(null);
      setFailed(null);
    },
  };
}
export type DraftTranslation = ReturnType<typeof useDraftTranslation>;
