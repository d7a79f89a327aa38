/** Puts the caret at the end of what is being written; after the tab has changed. */
export function focusComposer(): void {
  setTimeout(() => {
    const field = document.querySelector<HTMLTextAreaElement>('[data-state="active"] textarea[data-composer]');
    field?.focus();
    field?.setSelectionRange(field.value.length, field.value.length);
  }, 0);
}
