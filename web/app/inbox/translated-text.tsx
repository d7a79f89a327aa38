import { CircleAlert, Languages, LoaderCircle } from 'lucide-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { MessageView } from '#workflows/contract/views.ts';
import { languageName } from './language-name.ts';
import { LinkedText } from './linked-text.tsx';

const LINE = 'mt-1.5 flex flex-wrap items-center gap-x-2 text-xs text-ink-faint';
const LINK = 'rounded font-medium text-accent-text hover:underline';

/** What a customer or the AI wrote, in the reader's language where there is a translation; the original is one press away. */
export function TranslatedText({ message, onAgain }: { message: MessageView; onAgain: () => void }) {
  const [showsOriginal, showOriginal] = useState(false);
  const { translation, text, language } = message;
  const from = language === null ? '' : ` from ${languageName(language)}`;
  if (translation === null) return <LinkedText text={text} />;
  if (translation.state === 'done') {
    return (
      <>
        {showsOriginal ? <Original language={language} text={text} /> : <LinkedText text={translation.text ?? text} />}
        <p className={LINE}>
          <Languages className="size-3.5" aria-hidden="true" />
          {showsOriginal ? `As it was written${language === null ? '' : `, in ${languageName(language)}`}` : `Translated${from}`}
          <button type="button" className={LINK} onClick={() => showOriginal(!showsOriginal)}>
            {showsOriginal ? 'Show translation' : 'Show original'}
          </button>
        </p>
      </>
    );
  }
  return (
    <>
      <Original language={language} text={text} />
      {translation.state === 'failed' ? (
        <p className={`${LINE} text-warn`}>
          <CircleAlert className="size-3.5" aria-hidden="true" />
          <span className="min-w-0">Not translated: {translation.reason}</span>
          <button type="button" className={LINK} onClick={onAgain}>
            Try again
          </button>
        </p>
      ) : (
        // Where nobody can be asked, the composer says it once.
        translation.reason === null && (
          <p className={LINE} role="status">
            <LoaderCircle className="size-3.5 animate-spin motion-reduce:animate-none" aria-hidden="true" />
            Translating{from}…
          </p>
        )
      )}
    </>
  );
}

/** What one of ours wrote before it was translated, on request. */
export function SourceText({ source, name }: { source: NonNullable<MessageView['source']>; name: string }) {
  const [isShown, show] = useState(false);
  return (
    <>
      {isShown && (
        <div className="mt-2 border-l-2 pl-3 text-ink-soft">
          <Original language={source.language} text={source.text} />
        </div>
      )}
      <p className={LINE}>
        <Languages className="size-3.5" aria-hidden="true" />
        {madeBy(source)}
        <button type="button" className={LINK} onClick={() => show(!isShown)}>
          {isShown ? `Hide what ${name} wrote` : `Show what ${name} wrote`}
        </button>
      </p>
    </>
  );
}

function madeBy({ language, model, isEdited }: NonNullable<MessageView['source']>): string {
  const from = language === 'und' ? 'Translated' : `Translated from ${languageName(language)}`;
  if (model === null) return `${from} by its author`;
  return isEdited ? `${from} by AI, then edited` : `${from} by AI`;
}

function Original({ language, text }: { language: string | null; text: string }): ReactNode {
  return (
    <div lang={language ?? undefined} dir="auto">
      <LinkedText text={text} />
    </div>
  );
}
