import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { Button } from '../ui/button.tsx';
import { FormRefusal } from '../ui/form.tsx';
import { DraftTranslationPanel } from './draft-translation.tsx';
import type { FirstMessage } from './use-first-message.ts';

interface NewTicketEndProps {
  readonly first: FirstMessage;
  readonly isBusy: boolean;
  readonly refusal: ReactNode;
  readonly onCancel: () => void;
}

/** The end of the New ticket form: what they will read, where it is written to them, and what sends it. */
export function NewTicketEnd({ first, isBusy, refusal, onCancel }: NewTicketEndProps) {
  const { isOurs, reader, translation } = first;
  const { preview, failed } = translation;
  const end = useRef<HTMLDivElement>(null);
  const hasNews = preview !== null || failed !== null || reader.failed !== null;
  // It appears above what was pressed: both are to be seen.
  useEffect(() => {
    if (hasNews) end.current?.scrollIntoView({ block: 'nearest' });
  }, [hasNews]);
  const label = !isOurs ? 'Create ticket' : translation.isNeeded && preview === null ? 'Preview translation' : 'Create ticket and send';
  return (
    <div ref={end} className="flex scroll-my-4 flex-col gap-4">
      <DraftTranslationPanel translation={translation} hasText={first.hasText} name={first.calledName} onUntranslated={first.sendAsItIs} />
      {reader.failed !== null && (
        <div role="alert" className="flex flex-wrap items-center gap-2 rounded-md bg-warn-soft px-3 py-1.5 text-sm text-warn">
          <span className="min-w-48 flex-1">Held: what they read could not be looked up. Nothing was sent.</span>
          <Button size="small" onClick={reader.askAgain}>
            Look again
          </Button>
        </div>
      )}
      {isOurs && <input type="hidden" name="reads" value={reader.language ?? ''} />}
      {preview !== null && (
        <>
          <input type="hidden" name="sourceLanguage" value={preview.sourceLanguage} />
          <input type="hidden" name="translatedSubject" value={preview.subject ?? ''} />
          <input type="hidden" name="translatedText" value={preview.text} />
        </>
      )}
      <FormRefusal>{refusal}</FormRefusal>
      <div className="flex justify-end gap-2">
        <Button onClick={onCancel}>Cancel</Button>
        {/* Not `disabled` meanwhile: it is pressed again, and must keep the focus. */}
        <Button type="submit" look="primary" disabled={isBusy} aria-disabled={reader.isAsking || reader.failed !== null || translation.isWorking}>
          {isBusy ? 'Creating…' : translation.isWorking ? 'Translating…' : label}
        </Button>
      </div>
    </div>
  );
}
