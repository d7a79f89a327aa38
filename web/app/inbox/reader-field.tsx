import { speaks } from '#workflows/domain/language.ts';
import { useShell } from '../shell/shell-data.ts';
import { Field } from '../ui/field.tsx';
import { languageName } from './language-name.ts';
import { LanguagePicker } from './language-picker.tsx';
import type { ReaderState } from './use-reader.ts';

const WORDS = { label: 'The language they read', none: 'Not known', clear: 'Not known: sent as you write it' } as const;

interface ReaderFieldProps {
  readonly reader: ReaderState;
  /** What the team speaks. */
  readonly spoken: readonly string[];
  readonly isTranslated: boolean;
  readonly error: string | undefined;
}

/** In which language a first message is read: what is known of them, or a choice. */
export function ReaderField({ reader, spoken, isTranslated, error }: ReaderFieldProps) {
  const { me } = useShell();
  return (
    <Field label="They read" error={error} hint={hintOf(reader, { isTranslated, languages: me.languages })}>
      {(control) => <LanguagePicker language={reader.language} spoken={spoken} onChange={reader.say} control={control} words={WORDS} />}
    </Field>
  );
}

function hintOf({ known, language, isAsking, failed }: ReaderState, { isTranslated, languages }: { isTranslated: boolean; languages: readonly string[] }): string {
  if (isAsking) return 'Looking up what they read…';
  if (failed !== null) return 'Could not be looked up: choose it, or look again below.';
  if (known !== null && known.language !== null && language !== known.language) return `Known to read ${languageName(known.language)}; your choice is for this message.`;
  if (language === null) return isTranslated ? 'If you know it. What you write in another language is then translated.' : 'If you know it.';
  if (isTranslated && speaks(languages, language)) return 'You read it too: what you write is sent as it is.';
  if (known === null || known.language === null) return 'Kept with them from now on.';
  return known.source === 'detected' ? `${known.name} writes ${languageName(language)}.` : `As somebody has set it for ${known.name}.`;
}
