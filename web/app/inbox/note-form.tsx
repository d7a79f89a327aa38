import { AtSign } from 'lucide-react';
import { useRef, useState } from 'react';
import type { AttachmentView, TicketView } from '#workflows/contract/views.ts';
import { useShell } from '../shell/shell-data.ts';
import { useCommand } from '../shell/use-command.ts';
import { Button } from '../ui/button.tsx';
import { AttachButton, FileChips, FileDrop } from './attach-files.tsx';
import { ComposeBox, SavedMark } from './compose-box.tsx';
import { MentionPicker } from './mention-picker.tsx';
import { mentionedIn } from './mentions.ts';
import { useAttachedFiles } from './use-attached-files.ts';
import { useDraft } from './use-draft.ts';

/** A note to colleagues: never sent; `@` picks whom it calls. */
export function NoteForm({ ticket, stored, storedFiles }: { ticket: TicketView; stored: string; storedFiles: readonly AttachmentView[] }) {
  const { operators } = useShell();
  const files = useAttachedFiles(storedFiles);
  const draft = useDraft(ticket.id, 'note', stored, files.ids);
  const { run, isWaiting } = useCommand(`/do/tickets/${ticket.id}`);
  const [isPicking, setPicking] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const mentioned = mentionedIn(draft.text, operators);

  const isHeld = draft.text.trim() === '' || files.blocker(true) !== null || isWaiting;
  const save = async () => {
    if (isHeld) return;
    const outcome = await run({ intent: 'note', text: draft.text, mention: mentioned.map(({ id }) => id), attachment: files.ids }, { done: 'Note added' });
    if (outcome.ok) {
      draft.clear();
      files.clear();
    } else {
      files.refused(outcome.errors);
    }
  };
  const insert = (name: string) => {
    setPicking(false);
    const at = field.current?.selectionStart ?? draft.text.length;
    const before = draft.text.slice(0, at).replace(/@$/, '');
    const text = `${before}@${name} ${draft.text.slice(at)}`;
    draft.setText(text);
    setTimeout(() => {
      field.current?.focus();
      const caret = before.length + name.length + 2;
      field.current?.setSelectionRange(caret, caret);
    }, 0);
  };
  return (
    <FileDrop files={files}>
      <MentionPicker isOpen={isPicking} onOpenChange={setPicking} onPick={insert}>
        <ComposeBox
          ref={field}
          aria-label="Note to colleagues"
          placeholder="A note to colleagues. Type @ to mention somebody."
          value={draft.text}
          onChange={(event) => {
            const { value, selectionStart } = event.currentTarget;
            draft.setText(value);
            const isTyped = value.length > draft.text.length;
            if (isTyped && /(^|\s)@$/.test(value.slice(0, selectionStart))) setPicking(true);
          }}
          onSend={() => void save()}
        />
      </MentionPicker>
      <div className="flex flex-col gap-2 empty:hidden">
        <FileChips files={files} hasText={draft.text.trim() !== ''} />
      </div>
      <div className="flex items-center gap-2 pt-2">
        <AttachButton files={files} />
        <Button look="quiet" size="small" onClick={() => setPicking(true)}>
          <AtSign className="size-3.5" aria-hidden="true" />
          Mention
        </Button>
        {mentioned.length > 0 && <span className="truncate text-xs text-note-ink">Calls {mentioned.map(({ name }) => name).join(', ')}</span>}
        <SavedMark state={draft.state} isEmpty={draft.text === ''} />
        <Button className="ml-auto !border-note-line !bg-raised !text-note-ink" aria-disabled={isHeld} onClick={() => void save()}>
          Add note
        </Button>
      </div>
    </FileDrop>
  );
}
