import { Languages, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useShell } from '../shell/shell-data.ts';
import { Button } from '../ui/button.tsx';
import { languageName } from './language-name.ts';
import type { DraftTranslation } from './use-draft-translation.ts';

interface Props {
  readonly translation: DraftTranslation;
  readonly hasText: boolean;
  readonly name: string;
  /** Sends what was written as it is, on purpose. */
  readonly onUntranslated: () => void;
}

/** Under what is written to somebody who reads another language: that it is so, what they will read, or why it cannot be translated. */
export function DraftTranslationPanel({ translation, hasText, name, onUntranslated }: Props) {
  const { me } = useShell();
  const { foreign, isNeeded, preview, isStale, isWorking, failed } = translation;
  if (foreign === null) return null;
  const theirs = languageName(foreign);
  if (!isNeeded) {
    return (
      <Line>
        They read {theirs}; what you write is sent as it is.{me.role === 'admin' && ' To translate it, name a language model (Settings, Language and AI).'}
      </Line>
    );
  }
  if (failed !== null && preview === null) {
    return (
      <div role="alert" className="flex flex-wrap items-center gap-2 rounded-md bg-warn-soft px-3 py-1.5 text-sm text-warn">
        <span className="min-w-48 flex-1">{heldWords(failed, theirs)}</span>
        <Button size="small" disabled={isWorking || !hasText} onClick={() => void translation.translate()}>
          {isWorking ? 'Translating…' : 'Try again'}
        </Button>
        <Button size="small" look="quiet" disabled={!hasText} onClick={onUntranslated}>
          Send untranslated
        </Button>
      </div>
    );
  }
  if (preview === null) {
    return (
      <Line>
        <span>
          They read {theirs}; what you write in another language is translated before it is sent.{isStale && ' You changed the text: look at the new translation.'}
        </span>
      </Line>
    );
  }
  return (
    <section aria-label={`Translation into ${theirs}`} className="rounded-md border border-accent/40 bg-surface">
      <header className="flex items-center gap-1.5 border-b px-3 py-1 text-xs text-ink-soft">
        <Languages className="size-3.5" aria-hidden="true" />
        <span className="min-w-0 flex-1 truncate">
          {name} will read this in {theirs}
        </span>
        <Button look="quiet" size="small" className="!h-6 !px-1" aria-label="Discard the translation" onClick={translation.clear}>
          <X className="size-3.5" aria-hidden="true" />
        </Button>
      </header>
      {preview.subject !== undefined && (
        <input
          aria-label={`The subject that ${name} will read`}
          lang={foreign}
          dir="auto"
          maxLength={300}
          value={preview.subject}
          onChange={(event) => translation.edit({ subject: event.currentTarget.value })}
          className="block w-full border-b bg-transparent px-3 py-2 text-base font-medium outline-none"
        />
      )}
      <textarea
        aria-label={`What ${name} will read`}
        lang={foreign}
        dir="auto"
        rows={2}
        value={preview.text}
        onChange={(event) => translation.edit({ text: event.currentTarget.value })}
        className="field-sizing-content block max-h-[24vh] min-h-14 w-full resize-none bg-transparent px-3 py-2 text-base leading-relaxed outline-none"
      />
    </section>
  );
}

function Line({ children }: { children: ReactNode }) {
  return (
    <p className="flex items-center gap-1.5 text-xs text-ink-faint">
      <Languages className="size-3.5 shrink-0" aria-hidden="true" />
      {children}
    </p>
  );
}

function heldWords({ detail, errors }: { detail: string; errors: readonly { path: string; message: string }[] }, theirs: string): string {
  if (errors.some(({ path }) => path === 'body.to')) return `This is ${theirs} already. Nothing was sent.`;
  const [error] = errors;
  const why = error ? `The text ${error.message}.` : detail;
  return why.includes('Nothing was sent') ? `Held: ${why}` : `Held: ${why} Nothing was sent.`;
}
