/** Puts the caret at the end of what is being written, at once: the next key press is its first letter. */
export function focusComposer(): void {
  const field = document.querySelector<HTMLTextAreaElement>('[data-state="active"] textarea[data-composer]');
  field?.focus();
  field?.setSelectionRange(field.value.length, field.value.length);
}
