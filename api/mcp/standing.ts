import { z } from 'zod';
import { aiView } from '#workflows/contract/views.ts';
import type { ConversationView } from '#workflows/contract/views.ts';
import type { Principal } from '../principal.ts';

/** How a conversation stands for an agent: may it speak, why, and what its answer has to carry. */
export const standing = z.object({
  conversationId: z.string(),
  mayReply: z.boolean().meta({ description: 'True: you may answer the customer now. False: write nothing to them.' }),
  why: z.string(),
  ai: aiView.shape.state,
  epoch: z.number().int().meta({ description: 'Give it to reply. It grows whenever the AI is paused or resumed.' }),
  lastSeenMessage: z.string().nullable().meta({ description: 'The newest customer message. Give it to reply only if you have read that message; else call get_conversation.' }),
  answerDue: z.boolean().meta({ description: 'The customer wrote last and nobody has answered.' }),
  pausedBy: z.string().nullable(),
  pausedSince: z.string().nullable(),
  resumesAt: z.string().nullable().meta({ description: 'When the pause ends by itself; null: a person ends it.' }),
  needsEmail: z.boolean().meta({ description: 'Nobody is there and no address is known: ask the customer for one.' }),
  openTicket: z.object({ id: z.string(), number: z.number().int() }).nullable(),
  isFlagged: z.boolean().meta({ description: 'It was marked for people without a ticket.' }),
});
export type Standing = z.infer<typeof standing>;

/** The standing of a conversation for whoever asks: only the agent's own key may speak as the agent. */
export function standingOf(view: ConversationView, { kind }: Principal): Standing {
  const { ai } = view;
  return {
    conversationId: view.id,
    mayReply: view.mayReply && kind === 'agent',
    why: whyOf(view, kind),
    ai: ai.state,
    epoch: ai.epoch,
    lastSeenMessage: view.lastCustomerMessage,
    answerDue: view.answerDue,
    pausedBy: ai.pausedBy?.name ?? null,
    pausedSince: ai.since,
    resumesAt: ai.resumeAt,
    needsEmail: view.needsEmail,
    openTicket: view.openTicket,
    isFlagged: view.flag !== null,
  };
}

/** The same in words. */
export function standingWords({ mayReply, why, epoch, lastSeenMessage, openTicket, needsEmail }: Standing): string {
  const carry = mayReply ? ` A reply carries epoch ${epoch} and lastSeenMessage ${lastSeenMessage ?? 'null'}, if that is the last you have read.` : '';
  const ticket = openTicket === null ? '' : ` Ticket ${openTicket.number} is open.`;
  const ask = needsEmail ? ' Ask the customer for an e-mail address.' : '';
  return `${mayReply ? 'Yes' : 'No'}: ${why}${carry}${ticket}${ask}`;
}

function whyOf({ ai, answerDue }: ConversationView, asker: Principal['kind']): string {
  switch (ai.state) {
    case 'off':
      return 'no AI agent serves this conversation.';
    case 'paused':
      return `the AI is paused since ${ai.since ?? 'some time'} by ${ai.pausedBy?.name ?? 'somebody'} (${ai.reason ?? 'no reason given'}).`;
    case 'replying':
      if (asker !== 'agent') return 'the AI has this conversation, and this key is not its agent’s own.';
      return `the AI has this conversation, and ${answerDue ? 'the customer waits for an answer.' : 'nobody waits for an answer.'}`;
  }
}
