import type { ProblemCode } from '../http/errors.ts';

const READ_AGAIN = 'Call get_conversation, read what is there now, and answer that with its epoch and lastCustomerMessage.';
const REPEAT = 'Call again a little later with the same arguments and the same idempotencyKey. Without one, look first whether it happened.';

/** What a model does best after a refusal; most codes need no more than their detail. */
const NEXT_STEPS: Partial<Readonly<Record<ProblemCode, string>>> = {
  ai_paused: 'Write nothing to the customer. A person or the policy holds the conversation: ask may_i_reply later, and go on once it says yes.',
  newer_message: READ_AGAIN,
  stale_epoch: READ_AGAIN,
  help_desk_off: 'Do not escalate: go on answering as well as you can, and promise no person.',
  case_not_escalated: 'Answer this yourself: this case never goes to a person.',
  no_agent: 'Leave this conversation to people: no AI agent serves it.',
  human_pause: 'Leave it to the person who paused you. You get the conversation back when they are done: ask may_i_reply later.',
  not_paused: 'Nothing is needed: ask may_i_reply how things stand.',
  illegal_move: 'Choose one of the statuses in `legal`, or leave the ticket as it is.',
  has_open_ticket: 'Work on the conversation’s open ticket instead.',
  ticket_finished: 'Call get_ticket: its legalMoves say how it can be opened again.',
  not_found: 'Check the id. What belongs to another team or another agent looks as if it were not there.',
  forbidden: 'Do without this tool: the key’s role does not have it.',
  invalid: 'Correct the fields in `errors` and call again.',
  idempotency_mismatch: 'Take a fresh idempotencyKey: this one named a call with other arguments.',
  in_progress: 'The same call is under way: ask again with the same idempotencyKey for its answer.',
  busy: REPEAT,
  unavailable: REPEAT,
  outcome_unknown: REPEAT,
  internal: 'Do not repeat it at once; tell whoever runs this desk, with the requestId.',
};

/** What to do after this refusal, in a sentence for a model. */
export function nextStep(code: ProblemCode): string {
  return NEXT_STEPS[code] ?? 'Read the detail and decide; repeating the same call will not help.';
}
