import { useState } from 'react';
import { readingLanguage, speaks } from '#workflows/domain/language.ts';
import type { TranslatedText } from '#workflows/contract/translation.ts';
import type { TicketView } from '#workflows/contract/views.ts';
import type { Refused } from '../outcome.ts';
import { useShell } from '../shell/shell-data.ts';
import { useCommand } from '../shell/use-command.ts';
import { useKeptPreview } from './use-kept-preview.ts';

/** P47: a reply in the language of whoever reads it, seen before it is sent. */
export function useReplyTranslation(ticket: TicketView, draft: string) {
  const { me } = useShell();
  const { run, pending } = useCommand(`/do/tickets/${ticket.id}`);
  const [made, setMade] = useKeptPreview(ticket.id);
  const [failed, setFailed] = useState<Refused | null>(null);
  const reads = ticket.requesterDetail.language;
  const isForeign = ticket.translates && reads !== null && !speaks(me.languages, reads);
  const isNeeded = isForeign && me.hasModel;
  // What was made of another text is no translation of this one.
  const preview = isNeeded && made?.source === draft && made.language === reads ? made : null;

  /** Says whether the text may go as it is: whoever writes their language, or had it written, needs no translation. */
  async function translate(): Promise<'is_theirs' | 'shown'> {
    if (reads === null || draft.trim() === '' || pending !== null) return 'shown';
    setFailed(null);
    const outcome = await run<TranslatedText>({ intent: 'translate-reply', text: draft, to: reads }, { onRefused: () => true });
    if (!outcome.ok && outcome.errors.some(({ path }) => path === 'body.to')) return 'is_theirs';
    if (!outcome.ok) setFailed(outcome);
    else setMade({ source: draft, sourceLanguage: outcome.value.sourceLanguage ?? readingLanguage(me.locale), language: reads, text: outcome.value.text });
    return 'shown';
  }

  return {
    /** What they read, where the writer does not write it. */
    foreign: isForeign ? reads : null,
    writes: readingLanguage(me.locale),
    isNeeded,
    isWorking: pending !== null,
    preview,
    isStale: isNeeded && made !== null && preview === null && draft.trim() !== '',
    failed,
    translate,
    edit: (text: string) => made && setMade({ ...made, text }),
    clear: () => {
      setMade(null);
      setFailed(null);
    },
  };
}
export type ReplyTranslation = ReturnType<typeof useReplyTranslation>;
