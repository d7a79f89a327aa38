import type { ChatState } from './chat-state.ts';
import { element } from './element.ts';

/** Asks for an address where nobody is there to answer (P2); where somebody is, it is offered in a line. */
export function createEmailForm(leave: (email: string) => Promise<string | null>) {
  const address = element('input', { type: 'email', id: 'email', required: true, autocomplete: 'email', 'aria-describedby': 'email-error' });
  const error = element('p', { class: 'error', id: 'email-error', role: 'alert' });
  const words = element('label', { for: 'email' });
  const form = element('form', { class: 'email', hidden: true }, words, address, element('button', { type: 'submit' }, 'Save'), error);
  const offer = element('button', { type: 'button', class: 'offer', hidden: true }, 'Get answers by e-mail when you leave');
  let isWanted = false;
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void leave(address.value).then((refusal) => (error.textContent = refusal ?? ''));
  });
  offer.addEventListener('click', () => {
    isWanted = true;
    offer.hidden = true;
    form.hidden = false;
    address.focus();
  });
  return {
    parts: [offer, form],
    show({ needsEmail, hasEmail, with: whom, messages }: ChatState): void {
      const isOffered = !hasEmail && messages.length > 0 && whom !== null && whom.kind !== 'ai';
      form.hidden = !(needsEmail || (isOffered && isWanted));
      offer.hidden = !isOffered || !form.hidden;
      words.textContent = needsEmail ? 'Nobody is here right now. Where may we write to you?' : 'Where may we write to you when you have left?';
    },
  };
}
