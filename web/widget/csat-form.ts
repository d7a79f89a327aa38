import { MOST_COMMENT } from '#workflows/contract/widget-limits.ts';
import { CSAT_SCORES, CSAT_WORDS } from '#workflows/domain/csat.ts';
import type { CsatScore } from '#workflows/domain/csat.ts';
import type { ChatState } from './chat-state.ts';
import { CLOSE_ICON, element, icon } from './element.ts';
import { FACES } from './faces.ts';
import type { Acts } from './view.ts';

/**
 * Asks how it was, with five faces and room for a comment; an answer can be changed, and all of it be put away. `onGrow` is
 * told when it takes room from the messages.
 */
export function createCsatForm({ rate, putAway }: Pick<Acts, 'rate' | 'putAway'>, onGrow: () => void) {
  const asked = element('p', { id: 'how', class: 'asked' }, 'How was it?');
  const away = element('button', { type: 'button', class: 'quiet', 'aria-label': 'Put the question away' }, icon(...CLOSE_ICON));
  const inputs = new Map(CSAT_SCORES.map((score) => [score, element('input', { type: 'radio', name: 'score', value: String(score), class: 'unseen' })]));
  const faces = element('div', { class: 'faces', role: 'radiogroup', 'aria-labelledby': 'how' }, ...[...inputs].map(([score, input]) => element('label', { class: 'face' }, input, icon(...FACES[score]), CSAT_WORDS[score])));
  const comment = element('textarea', { rows: '2', maxlength: String(MOST_COMMENT), placeholder: 'Anything to add? (optional)', 'aria-label': 'Comment, optional' });
  const send = element('button', { type: 'submit' }, 'Send rating');
  const change = element('button', { type: 'button', class: 'change' }, 'Change');
  const error = element('p', { class: 'error', role: 'alert' });
  const form = element('form', { class: 'csat', hidden: true }, asked, change, away, faces, comment, send, error);
  const told = element('p', { class: 'unseen', role: 'status' });
  let known: ChatState['csat'] = null;
  let isChanging = false;

  const chosen = (): CsatScore | null => CSAT_SCORES.find((score) => inputs.get(score)?.checked) ?? null;
  const lay = () => {
    const answer = known?.score ?? null;
    const isDone = answer !== null && !isChanging;
    asked.textContent = isDone ? `Thank you. You said: ${CSAT_WORDS[answer]}.` : 'How was it?';
    faces.hidden = isDone;
    change.hidden = !isDone;
    // Nobody is asked for words before they have chosen a face.
    const isChosen = !isDone && chosen() !== null;
    comment.hidden = !isChosen;
    send.hidden = !isChosen;
  };

  faces.addEventListener('change', () => {
    lay();
    onGrow();
  });
  change.addEventListener('click', () => {
    isChanging = true;
    lay();
    inputs.get(known?.score ?? 3)?.focus();
  });
  away.addEventListener('click', putAway);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const score = chosen();
    if (score === null || send.disabled) return;
    send.disabled = true;
    void rate(score, comment.value.trim()).then((refusal) => {
      send.disabled = false;
      error.textContent = refusal ?? '';
      // The button that was pressed is gone: the focus must not fall out of the panel.
      if (refusal === null) change.focus();
    });
  });

  return {
    parts: [form, told],
    show({ csat }: ChatState): void {
      const comesUp = csat !== null && known === null;
      if (csat?.askedAt !== known?.askedAt || csat?.score !== known?.score || csat?.comment !== known?.comment) {
        // What is being chosen stays, unless this is about another question or has been answered.
        for (const [score, input] of inputs) input.checked = score === csat?.score;
        comment.value = csat?.comment ?? '';
        error.textContent = '';
        isChanging = false;
        known = csat;
        told.textContent = csat === null ? '' : csat.score === null ? 'How was it? You can say so below the messages.' : `Thank you. You said: ${CSAT_WORDS[csat.score]}.`;
      }
      form.hidden = csat === null;
      lay();
      if (comesUp) onGrow();
    },
  };
}
