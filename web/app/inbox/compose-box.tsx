import { forwardRef } from 'react';
import type { KeyboardEvent, TextareaHTMLAttributes } from 'react';
import type { SaveState } from './use-draft.ts';

interface ComposeBoxProps extends TextareaHTMLAttributes<HTMLTextAreaElement> {
  /** Ctrl/Cmd-Enter; with shift: and resolve. */
  readonly onSend: (isResolving: boolean) => void;
}

/** The text being written; grows with it up to a third of the window. */
export const ComposeBox = forwardRef<HTMLTextAreaElement, ComposeBoxProps>(function ComposeBox({ onSend, onKeyDown, ...rest }, ref) {
  const keys = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      onSend(event.shiftKey);
      return;
    }
    if (event.key === 'Escape') event.currentTarget.blur();
    onKeyDown?.(event);
  };
  return (
    <textarea
      ref={ref}
      data-composer
      rows={3}
      onKeyDown={keys}
      className="field-sizing-content max-h-[34vh] min-h-18 w-full resize-none bg-transparent py-2 text-base leading-relaxed outline-none placeholder:text-ink-faint"
      {...rest}
    />
  );
});

/** Whether what is written is safe, in a word. */
export function SavedMark({ state, isEmpty }: { state: SaveState; isEmpty: boolean }) {
  if (isEmpty) return null;
  const words = { saved: 'Draft saved', saving: 'Saving…', unsaved: 'Draft not saved yet' } as const;
  return <span className={state === 'unsaved' ? 'text-xs text-danger' : 'text-xs text-ink-faint'}>{words[state]}</span>;
}
