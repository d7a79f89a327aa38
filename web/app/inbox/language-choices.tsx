import { Command } from 'cmdk';
import { Check, Languages } from 'lucide-react';
import { useState } from 'react';
import { COMMON_LANGUAGES, languageName } from './language-name.ts';
import { PICK, PICK_INPUT } from './list-choices.tsx';

/** A language to choose, those that the team speaks first; any other by its tag. */
export function LanguageChoices({ language, spoken, clear, onChoose }: { language: string | null; spoken: readonly string[]; clear: string | null; onChoose: (language: string | null) => void }) {
  const [text, setText] = useState('');
  const offered = [...new Set([...byName(spoken), ...byName([...COMMON_LANGUAGES, ...(language === null ? [] : [language])])])];
  const typed = text.trim();
  return (
    <Command label="Language" loop>
      <Command.Input autoFocus value={text} onValueChange={setText} placeholder="Find a language" maxLength={35} className={PICK_INPUT} />
      <Command.List className="max-h-60 overflow-y-auto">
        {language !== null && clear !== null && (
          <Command.Item value={clear.toLowerCase()} className={PICK} onSelect={() => onChoose(null)}>
            {clear}
          </Command.Item>
        )}
        {offered.map((tag) => (
          <Command.Item key={tag} value={tag} keywords={[languageName(tag)]} className={PICK} onSelect={() => onChoose(tag)}>
            <span className="flex-1 truncate">{languageName(tag)}</span>
            {tag === language ? <Check className="size-4 text-accent-text" aria-label="chosen" /> : spoken.includes(tag) && <Languages className="size-3.5 text-ink-faint" aria-label="spoken here" />}
          </Command.Item>
        ))}
        {isLanguage(typed) && !offered.includes(typed) && (
          <Command.Item value={`use ${typed}`} keywords={[typed]} className={PICK} onSelect={() => onChoose(typed)}>
            <span className="flex-1 truncate">{languageName(typed)}</span>
          </Command.Item>
        )}
      </Command.List>
    </Command>
  );
}

function byName(tags: readonly string[]): string[] {
  return [...tags].sort((a, b) => languageName(a).localeCompare(languageName(b), 'en'));
}

/** A tag that has a name: not the first letters of a word that is being typed. */
function isLanguage(tag: string): boolean {
  return /^[a-z]{2,3}(-[a-z0-9]{2,8}){0,3}$/i.test(tag) && languageName(tag).toLowerCase() !== tag.toLowerCase();
}
