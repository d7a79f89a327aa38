import { z } from 'zod';
import { type Facts, groupedBy, type Invariant } from './facts.ts';

/** Every entry has a place of its own. */
export const positionsAreUnique: Invariant = ({ conversations, messages, timeline }) =>
  conversations.flatMap(({ id, nextPosition }) => {
    const taken = [...messages, ...timeline].filter(({ conversationId }) => conversationId === id).map(({ position }) => position);
    const wrong = taken.filter((position, index) => taken.indexOf(position) !== index || position >= nextPosition);
    return wrong.map((position) => `conversation ${id}: position ${position} is taken twice or was never given out`);
  });

const isSeen = ({ acceptedAt, delivery }: Facts['messages'][number]) => acceptedAt !== null && delivery !== 'suppressed';

/** What was acknowledged is there once, in the rows and on the timeline; what was refused is not. */
export const acknowledgedIsThereOnce: Invariant = (facts) => {
  const { ledger, messages, timeline } = facts;
  const wrong: string[] = [];
  const byMarker = groupedBy(messages, ({ text }) => text.trim());
  const onTimeline = groupedBy(timeline.filter(({ kind }) => TOLD.has(kind)), ({ messageId }) => messageId ?? '');
  const acknowledged = [...ledger.written, ...ledger.mails.map(({ marker }) => ({ marker, kind: 'customer' as const }))];
  for (const { marker, kind } of acknowledged) {
    const rows = byMarker.get(marker) ?? [];
    const [row] = rows;
    if (row === undefined || rows.length !== 1) {
      wrong.push(`the ${kind} message ${marker} is there ${rows.length} times`);
      continue;
    }
    const entries = onTimeline.get(row.id) ?? [];
    const told = entries.length;
    const where = entries.map(({ ticketId, seq, position, at }) => `${ticketId}.${seq} at ${position}, ${at.toISOString()}`).join('; ');
    // Without a ticket nobody has to be told: then its row is all there is.
    const mayBeUntold = (kind === 'customer' || kind === 'agent') && row.ticketId === null;
    if (told !== 1 && !(mayBeUntold && told === 0)) wrong.push(`the ${kind} message ${marker} is ${told} times on the timeline: ${where}; made ${row.createdAt.toISOString()} on ${row.channel}`);
    if (row.acceptedAt === null && row.delivery !== 'suppressed') wrong.push(`the ${kind} message ${marker} was never accepted`);
  }
  for (const { marker, code } of ledger.refused) {
    if ((byMarker.get(marker) ?? []).some(isSeen)) wrong.push(`${marker} was refused (${code}) and is there all the same`);
  }
  const known = new Set([...acknowledged, ...ledger.refused].map(({ marker }) => marker));
  for (const { author, text } of messages) if (author !== 'baton' && !known.has(text.trim())) wrong.push(`nobody wrote ${text.trim()}`);
  return wrong;
};

const TOLD = new Set(['customer_wrote', 'replied', 'noted', 'ai_answered']);

/** Commands that leave a trace of their own left it once. */
export const tracesAreThereOnce: Invariant = ({ ledger, timeline }) => {
  const occurrences = (kind: string, field: string, value: unknown) =>
    timeline.filter((entry) => entry.kind === kind && z.record(z.string(), z.unknown()).parse(entry.data)[field] === value).length;
  const once = (kind: string, field: string, values: readonly unknown[]) =>
    values.flatMap((value) => (occurrences(kind, field, value) === 1 ? [] : [`${kind} ${String(value)} is ${occurrences(kind, field, value)} times on the timeline`]));
  return [
    ...once('escalated', 'reason', ledger.escalations),
    ...once('subject_changed', 'to', ledger.subjects),
    ...once('snoozed', 'until', ledger.snoozes),
  ];
};

/** Every mail that was acknowledged is in the log once, judged and settled. */
export const mailsAreThereOnce: Invariant = ({ ledger, mails }) => [
  ...ledger.mails.flatMap(({ messageId }) => {
    const found = mails.filter(({ headerId }) => headerId === messageId);
    if (found.length !== 1) return [`mail ${messageId} is ${found.length} times in the log`];
    return found[0]?.verdict === 'accepted' ? [] : [`mail ${messageId} is ${found[0]?.verdict}: ${found[0]?.reason}`];
  }),
  ...mails.filter(({ settledAt }) => settledAt === null).map(({ headerId }) => `mail ${headerId} is not settled`),
];

/** Nothing is left for the sweeper. */
export const nothingIsPending: Invariant = ({ messages }) =>
  messages
    .filter(({ author, kind, handedAt }) => kind === 'message' && (author === 'customer' || author === 'agent') && handedAt === null)
    .map(({ text }) => `nobody was handed ${text.trim()}`);
