import type { ChatState } from './chat-state.ts';
import { CLOSE_ICON, element, icon } from './element.ts';
import type { Words } from './words/words.ts';

interface EmailActs {
  readonly leave: (email: string) => Promise<string | null>;
  readonly putAway: () => void;
}

/**
 * Asks for an address where nobody is there to answer (P2); where somebody is, or it was put away, it is offered in a line. One that was left in
 * this browser stands there and can be changed: who mistyped it would wait for an answer that goes to somebody else.
 */
export function createEmailForm({ leave, putAway }: EmailActs, words: Words) {
  const address = element('input', { type: 'email', id: 'email', required: true, autocomplete: 'email', 'aria-describedby': 'email-error' });
  const error = element('p', { class: 'error', id: 'email-error', role: 'alert' });
  const asked = element('label', { for: 'email' });
  const away = element('button', { type: 'button', class: 'quiet', 'aria-label': words.emailAway }, icon(...CLOSE_ICON));
  const form = element('form', { class: 'email', hidden: true }, asked, away, address, element('button', { type: 'submit' }, words.save), error);
  const offer = element('button', { type: 'button', class: 'offer', hidden: true }, words.offerEmail);
  const leftWords = element('span');
  const change = element('button', { type: 'button' }, words.change);
  const left = element('p', { class: 'status left', role: 'status', hidden: true }, leftWords, ' ', change);
  let isWanted = false;
  let known: ChatState | null = null;
  const lay = () => {
    if (known === null) return;
    const { needsEmail, isEmailAway, hasEmail, leftEmail, with: whom, messages } = known;
    const isOffered = !hasEmail && messages.length > 0 && whom !== null && whom.kind !== 'ai';
    form.hidden = !((needsEmail && !isEmailAway) || isWanted);
    offer.hidden = !(isOffered || needsEmail) || !form.hidden;
    left.hidden = leftEmail === null || !form.hidden;
    leftWords.textContent = leftEmail === null ? '' : words.weWrite(leftEmail);
    change.setAttribute('aria-label', `${words.change}: ${leftEmail ?? ''}`);
    asked.textContent = needsEmail ? words.nobodyHere : words.whereLater;
  };
  const ask = () => {
    isWanted = true;
    lay();
    address.focus();
  };
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void leave(address.value).then((refusal) => {
      error.textContent = refusal ?? '';
      if (refusal !== null) return;
      isWanted = false;
      lay();
      // The button that was pressed is gone: the focus must not fall out of the panel.
      change.focus();
    });
  });
  // Somebody may come to the desk meanwhile: what is being filled in stays.
  address.addEventListener('input', () => {
    isWanted ||= address.value !== '';
  });
  away.addEventListener('click', () => {
    isWanted = false;
    error.textContent = '';
    lay();
    putAway();
  });
  offer.addEventListener('click', ask);
  change.addEventListener('click', () => {
    address.value = known?.leftEmail ?? '';
    ask();
    address.select();
  });
  return {
    parts: [offer, form, left],
    show(state: ChatState): void {
      known = state;
      lay();
    },
  };
}
