import { ChevronDown } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useMayWrite } from '../shell/shell-data.ts';
import { Button } from '../ui/button.tsx';
import { INPUT } from '../ui/field.tsx';
import type { FieldControl } from '../ui/field.tsx';
import { Popover } from '../ui/popover.tsx';
import { languageName } from './language-name.ts';

// Opens on demand: the first load does not pay for it.
const LanguageChoices = lazy(() => import('./language-choices.tsx').then(({ LanguageChoices: component }) => ({ default: component })));

/** The look of a value that is changed where it stands. */
export const VALUE = '!h-6 max-w-full !gap-1 !px-1.5 -ml-1.5 !text-xs';
const IN_A_FORM = `${INPUT} flex h-9 items-center justify-between gap-1 text-left`;

interface LanguagePickerProps {
  readonly language: string | null;
  /** What the team speaks. */
  readonly spoken: readonly string[];
  readonly onChange: (language: string | null) => void;
  /** In a form: what ties it to its label and error. It looks like an input there. */
  readonly control?: FieldControl;
  readonly words?: LanguageWords;
}

/** What is chosen, and what no choice means: shown, and offered. */
export interface LanguageWords {
  readonly label: string;
  readonly none: string;
  /** Left out: it cannot be taken back. */
  readonly clear?: string;
}

const OF_A_TICKET: LanguageWords = { label: 'Language', none: 'Any', clear: 'Any language' };

/** A language, changed where it stands; of a ticket, where nothing else is said: what it asks for, or any. */
export function LanguagePicker({ language, spoken, onChange, control, words = OF_A_TICKET }: LanguagePickerProps) {
  const mayWrite = useMayWrite();
  const [isOpen, setOpen] = useState(false);
  const name = language === null ? (control ? (words.clear ?? words.none) : words.none) : languageName(language);
  if (!mayWrite) return name;
  const choose = (tag: string | null) => {
    setOpen(false);
    if (tag !== language) onChange(tag);
  };
  const value = (
    <>
      <span className="truncate">{name}</span>
      <ChevronDown className="size-3 shrink-0 text-ink-faint" aria-hidden="true" />
    </>
  );
  return (
    <Popover
      label={words.label}
      width="w-56"
      isOpen={isOpen}
      onOpenChange={setOpen}
      trigger={
        control ? (
          <button type="button" role="combobox" className={IN_A_FORM} {...control}>
            {value}
          </button>
        ) : (
          <Button look="quiet" size="small" className={VALUE}>
            <span className="sr-only">{words.label}: </span>
            {value}
          </Button>
        )
      }
    >
      <Suspense>
        <LanguageChoices language={language} spoken={spoken} clear={words.clear ?? null} onChoose={choose} />
      </Suspense>
    </Popover>
  );
}
