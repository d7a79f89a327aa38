import { MOST_COMMENT } from '#workflows/contract/widget-limits.ts';
import { CSAT_SCORES } from '#workflows/domain/csat.ts';
import type { CsatScore } from '#workflows/domain/csat.ts';
import type { ChatState } from './chat-state.ts';
import { CLOSE_ICON, element, icon } from './element.ts';
import { FACES } from './faces.ts';
import type { Acts } from './view.ts';
import type { Words } from './words/words.ts';

/**
 * Asks how it was, with five faces and room for a comment; an answer can be changed, and all of it be put away. `onGrow` is
 * told when it takes room from the messages.
 */
export function createCsatForm({ rate, putAway }: Pick<Acts, 'rate' | 'putAway'>, words: Words, onGrow: () => void) {
  const { csat: how } = words;
  const asked = element('p', { id: 'how', class: 'asked' }, how.question);
  const away = element('button', { type: 'button', class: 'quiet', 'aria-label': words.rateAway }, icon(...CLOSE_ICON));
  const inputs = new Map(CSAT_SCORES.map((score) => [score, element('input', { type: 'radio', name: 'score', value: String(score), class: 'unseen' })]));
  const faces = element('div', { class: 'faces', role: 'radiogroup', 'aria-labelledby': 'how' }, ...[...inputs].map(([score, input]) => element('label', { class: 'face' }, input, icon(...FACES[score]), how.scores[score])));
  const comment = element('textarea', { rows: '2', maxlength: String(MOST_COMMENT), placeholder: words.rateComment, 'aria-label': how.comment });
  const send = element('button', { type: 'submit' }, words.rateSend);
  const change = element('button', { type: 'button', class: 'change' }, how.change);
  const error = element('p', { class: 'error', role: 'alert' });
  const form = element('form', { class: 'csat', hidden: true }, asked, change, away, faces, comment, send, error);
  const told = element('p', { class: 'unseen', role: 'status' });
  let known: ChatState['csat'] = null;
  let isChanging = false;

  const chosen = (): CsatScore | null => CSAT_SCORES.find((score) => inputs.get(score)?.checked) ?? null;
  const lay = () => {
    const answer = known?.score ?? null;
    const isDone = answer !== null && !isChanging;
    asked.textContent = isDone ? how.thanks(how.scores[answer]) : how.question;
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
        told.textContent = csat === null ? '' : csat.score === null ? `${how.question} ${words.rateTold}` : how.thanks(how.scores[csat.score]);
      }
      form.hidden = csat === null;
      lay();
      if (comesUp) onGrow();
    },
  };
}
