import { useCallback, useEffect, useRef, useState } from 'react';
import type { RefObject } from 'react';
import { useReader } from './use-reader.ts';
import { useDraftTranslation } from './use-draft-translation.ts';

/** What stands in the form, as far as its translation depends on it. */
interface Written {
  readonly email: string;
  readonly name: string;
  readonly subject: string;
  readonly text: string;
  readonly isOurs: boolean;
}

const NOTHING: Written = { email: '', name: '', subject: '', text: '', isOurs: false };

/** P47: the first message of a new ticket, where it is ours: who reads it in which language, and what they will read. */
export function useFirstMessage(form: RefObject<HTMLFormElement>, { translates }: { translates: boolean }) {
  const [written, setWritten] = useState<Written | null>(null);
  const read = useCallback(() => {
    if (form.current) setWritten(writtenIn(new FormData(form.current)));
  }, [form]);
  const isReady = written !== null;
  // What was typed, filled in by the browser or kept before the scripts came; and that it is ours, once that can be chosen.
  useEffect(read, [read, isReady]);
  const { email, name, subject, text, isOurs } = written ?? NOTHING;
  const reader = useReader(email, { isAsked: isOurs });
  const translation = useDraftTranslation({ ticketId: null, reads: isOurs ? reader.language : null, translates }, { text, subject });
  const isAsItIs = useRef(false);

  /** Nobody is sent what they cannot read, unless somebody means it; nor anything while it is not known what they read. */
  async function mayGo(): Promise<boolean> {
    if (!isOurs || isAsItIs.current) return true;
    if (reader.isAsking || reader.failed !== null) return false;
    if (!translation.isNeeded || translation.preview !== null) return true;
    // What was written while it was looked at has not been looked at.
    return (await translation.translate()) === 'is_theirs' && isAsItWas();
  }

  function isAsItWas(): boolean {
    if (!form.current || written === null) return false;
    const fields = new FormData(form.current);
    return fields.get('reads') === reader.language && JSON.stringify(writtenIn(fields)) === JSON.stringify(written);
  }

  return {
    isOurs,
    /** Before that nothing of ours can be written: it would go without a look at what they read. */
    isReady,
    hasText: text.trim() !== '' && subject.trim() !== '',
    calledName: name.trim() || reader.known?.name || email.trim() || 'They',
    reader,
    translation,
    read,
    mayGo,
    sendAsItIs: () => {
      isAsItIs.current = true;
      form.current?.requestSubmit();
      // It asks in this very call, or never: where the browser refuses a field, what is sent later is not meant by this.
      isAsItIs.current = false;
    },
  };
}
export type FirstMessage = ReturnType<typeof useFirstMessage>;

function writtenIn(fields: FormData): Written {
  const of = (name: string) => {
    const value = fields.get(name);
    return typeof value === 'string' ? value : '';
  };
  return { email: of('email'), name: of('name'), subject: of('subject'), text: of('text'), isOurs: of('author') === 'operator' };
}
