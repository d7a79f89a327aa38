import { type Csat, CSAT_MAIL, CSAT_MAIL_AFTER_MS, currentAnswer } from '../csat.ts';
import { refuse, type Refusal } from '../errors.ts';
import type { Policy } from '../policy.ts';
import type { Scribe } from '../scribe.ts';
import { isFinished } from '../status.ts';
import type { TicketEvent } from '../ticket-event.ts';
import { writeAutomatically } from './moves.ts';

const NEVER: Csat = { askedAt: null, mailAt: null, answer: null };

/** P45: whoever resolved it by hand has the customer asked, once for each resolution. */
export function askHowItWas(scribe: Scribe, policy: Policy): void {
  const { status, channel, csat } = scribe.state;
  if (policy.csat !== 'ask' || status !== 'resolved') return;
  const mailAt = channel === 'email' ? scribe.at + CSAT_MAIL_AFTER_MS : null;
  scribe.set({ csat: { ...(csat ?? NEVER), askedAt: scribe.at, mailAt } });
}

/** A resolved ticket's question by mail, guarded and counted like every automatic mail (P53). */
export function mailQuestion(scribe: Scribe): void {
  if (scribe.state.csat === null) return;
  scribe.set({ csat: { ...scribe.state.csat, mailAt: null } });
  writeAutomatically(scribe, 'csat', CSAT_MAIL);
}

type Rate = Extract<TicketEvent, { kind: 'rate' }>;

/** A later answer replaces the one before; the same one again is once. A ticket that went on meanwhile still takes it. */
export function takeAnswer(scribe: Scribe, { score, comment }: Rate): Refusal | null {
  const { status, csat } = scribe.state;
  if (!isFinished(status) && csat === null) return refuse('not_resolved', `The ticket is ${status}: how it was is asked once it is resolved.`);
  const before = csat === null ? null : currentAnswer(csat);
  if (before !== null && before.score === score && before.comment === comment) return null;
  scribe.record({ kind: 'csat_received', score, comment });
  scribe.set({ csat: { ...(csat ?? NEVER), mailAt: null, answer: { score, comment, at: scribe.at } } });
  return null;
}
