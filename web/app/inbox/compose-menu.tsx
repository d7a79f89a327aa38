import { Languages, Maximize2, Minimize2, PenLine, Smile, Sparkles, SpellCheck, Stamp } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../ui/button.tsx';
import { Menu, MenuCheck, MenuItem, MenuLabel, MenuSeparator, MenuSub } from '../ui/menu.tsx';
import type { ComposeWish } from './compose-words.ts';
import { languageName } from './language-name.ts';

const COMMON = ['en', 'de', 'fr', 'es', 'it', 'nl', 'pl', 'pt'] as const;

interface ComposeMenuProps {
  readonly isEmpty: boolean;
  readonly isDisabled: boolean;
  /** Whether a part of the text is selected, asked when the menu opens. */
  readonly hasSelection: () => boolean;
  /** What the customer writes in, where it is known. */
  readonly theirs: string | null;
  readonly onChoose: (wish: ComposeWish, more: { includeNotes: boolean }) => void;
}

/** What a model can do with the text: all of it, or the part that is selected. */
export function ComposeMenu({ isEmpty, isDisabled, hasSelection, theirs, onChoose }: ComposeMenuProps) {
  const [includeNotes, setNotes] = useState(false);
  const [isPart, setPart] = useState(false);
  const choose = (wish: ComposeWish) => onChoose(wish, { includeNotes });
  const languages = [...new Set([...(theirs === null ? [] : [theirs]), ...COMMON])];
  return (
    <Menu
      label="AI help"
      onOpenChange={(isOpen) => isOpen && setPart(hasSelection())}
      trigger={
        <Button look="ai" size="small" disabled={isDisabled} aria-label="AI help">
          <Sparkles className="size-3.5" aria-hidden="true" />
          AI
        </Button>
      }
    >
      <MenuItem icon={<PenLine className="size-4" />} onSelect={() => choose({ task: 'draft' })}>
        {isEmpty ? 'Draft a reply' : 'Draft a reply from this'}
      </MenuItem>
      <MenuCheck checked={includeNotes} onCheckedChange={(checked) => setNotes(checked === true)}>
        Show it our notes
      </MenuCheck>
      <MenuSeparator />
      <MenuLabel>{isEmpty ? 'Once something is written' : isPart ? 'The selected part' : 'The whole text'}</MenuLabel>
      <MenuItem icon={<SpellCheck className="size-4" />} isDisabled={isEmpty} onSelect={() => choose({ task: 'polish' })}>
        Polish
      </MenuItem>
      <MenuItem icon={<Smile className="size-4" />} isDisabled={isEmpty} onSelect={() => choose({ task: 'tone', tone: 'friendly' })}>
        Make it friendlier
      </MenuItem>
      <MenuItem icon={<Stamp className="size-4" />} isDisabled={isEmpty} onSelect={() => choose({ task: 'tone', tone: 'formal' })}>
        Make it more formal
      </MenuItem>
      <MenuItem icon={<Minimize2 className="size-4" />} isDisabled={isEmpty} onSelect={() => choose({ task: 'shorten' })}>
        Shorten
      </MenuItem>
      <MenuItem icon={<Maximize2 className="size-4" />} isDisabled={isEmpty} onSelect={() => choose({ task: 'expand' })}>
        Expand
      </MenuItem>
      <MenuSub icon={<Languages className="size-4" />} label="Translate" isDisabled={isEmpty}>
        {languages.map((tag) => (
          <MenuItem key={tag} onSelect={() => choose({ task: 'translate', to: tag })}>
            {tag === theirs ? `${languageName(tag)}, which they write` : languageName(tag)}
          </MenuItem>
        ))}
      </MenuSub>
    </Menu>
  );
}
