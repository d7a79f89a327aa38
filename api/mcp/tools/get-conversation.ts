import { z } from 'zod';
import { effectivePolicyFor } from '#prisma/store/policies.ts';
import { conversationQuery } from '#workflows/contract/queries.ts';
import { conversationView } from '#workflows/contract/views.ts';
import { ok } from '#workflows/domain/errors.ts';
import { ON_ESCALATE } from '#workflows/domain/policy.ts';
import { PRIORITIES } from '#workflows/domain/priority.ts';
import type { AppDeps } from '../../app-deps.ts';
import { conversation } from '../../queries/conversation.ts';
import { standingOf } from '../standing.ts';
import { tool } from '../tool.ts';
import { conversationId } from '../tool-fields.ts';

/** P58: when this conversation's agent hands over, as its admin wrote it. */
const handover = z.object({
  helpDesk: z.boolean().meta({ description: 'False: nothing is escalated.' }),
  onEscalate: z.enum(ON_ESCALATE).meta({ description: 'After an escalation the AI goes on (continue), stops (pause), or goes on with the conversation marked and no ticket (flag).' }),
  cases: z.array(z.object({ key: z.string(), when: z.string(), action: z.enum(['escalate', 'never']), priority: z.enum(PRIORITIES) })),
});

export const getConversation = tool({
  name: 'get_conversation',
  title: 'Read a conversation',
  description:
    'What was said, oldest first, by whom (the newest 200 messages; where hasOlder is true, call again with before: the id of the first one), and whether it reached the customer (delivery: failed has not, unknown may have); whether you may answer (mayReply), the epoch and the last customer message (lastCustomerMessage) that reply asks for; in handover, when to escalate and with which case; in handBack, the newest time in which you were silent, now over: why, whether people had the conversation (hadPeople), the ids of what they wrote in it, and what was done: go on from there. What you read counts as delivered.',
  who: 'agent_or_reader',
  annotations: { readOnlyHint: true, openWorldHint: false },
  input: z.strictObject({ conversationId, ...conversationQuery.shape }),
  answer: conversationView.extend({ mayReply: z.boolean(), why: z.string(), handover: handover.nullable() }),
  async run(deps, { principal, input: { conversationId: id, ...query } }) {
    const read = await conversation(deps, principal, id, query);
    if (!read.ok) return read;
    const { mayReply, why } = standingOf(read.value, principal);
    return ok({ ...read.value, mayReply, why, handover: read.value.agent === null ? null : await handoverOf(deps, principal.teamId, read.value.agent.id) });
  },
  words({ messages, hasOlder, mayReply, why, handBack }) {
    const doubtful = messages.flatMap(({ id, delivery }) => (delivery === 'failed' || delivery === 'unknown' ? [`${id} (${delivery})`] : []));
    const unseen = doubtful.length === 0 ? '' : ` The customer may not have seen ${doubtful.join(', ')}.`;
    const may = `Messages: ${messages.length}${hasOlder ? ', and older ones before them' : ''}.${unseen} May you reply? ${mayReply ? 'Yes' : 'No'}: ${why}`;
    if (handBack === null) return may;
    const { at, by, hadPeople, humanMessages, done } = handBack;
    if (!hadPeople) return `${may} You were silent until ${at}, when ${by.name} let you answer again; no colleague wrote or did anything in that time: nobody has taken care of the customer yet.`;
    const deeds = done.map((deed) => `${deed.by.name} ${deed.what}`).join('; ');
    const wrote = humanMessages.length === 0 ? 'they wrote nothing to the customer' : `they wrote ${humanMessages.join(', ')}`;
    return `${may} People had the conversation until ${at}, when ${by.name} gave it back; ${wrote}.${deeds === '' ? '' : ` What was done: ${deeds}.`}`;
  },
});

async function handoverOf({ prisma }: AppDeps, teamId: string, agentId: string): Promise<z.infer<typeof handover>> {
  const { policy } = await effectivePolicyFor(prisma, teamId, agentId);
  const cases = policy.handoverCases.map(({ key, when, action, priority }) => ({ key, when, action, priority }));
  return { helpDesk: policy.helpDesk, onEscalate: policy.onEscalate, cases: policy.helpDesk ? cases : [] };
}
