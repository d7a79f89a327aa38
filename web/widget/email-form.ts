import type { ChatState } from './chat-state.ts';
import { element } from './element.ts';

/** Asks for an address where nobody is there to answer (P2). */
export function createEmailForm(leave: (email: string) => Promise<string | null>) {
  const address = element('input', { type: 'email', id: 'email', required: true, autocomplete: 'email', 'aria-describedby': 'email-error' });
  const error = element('p', { class: 'error', id: 'email-error', role: 'alert' });
  const words = element('label', { for: 'email' }, 'Nobody is here right now. Where may we write to you?');
  const form = element('form', { class: 'email', hidden: true }, words, address, element('button', { type: 'submit' }, 'Save'), error);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void leave(address.value).then((refusal) => (error.textContent = refusal ?? ''));
  });
  return { form, show: ({ needsEmail }: ChatState) => void (form.hidden = !needsEmail) };
}
