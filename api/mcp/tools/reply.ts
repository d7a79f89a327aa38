import { z } from 'zod';
import { postMessage as postMessageInput } from '#workflows/contract/commands.ts';
import { messageView } from '#workflows/contract/views.ts';
import { ok } from '#workflows/domain/errors.ts';
import { postMessage } from '../../conversations/post-message.ts';
import { tool } from '../tool.ts';
import { conversationId } from '../tool-fields.ts';

const [, fromAgent] = postMessageInput.options;
const { text, epoch, lastSeenMessage } = fromAgent.shape;

export const reply = tool({
  name: 'reply',
  title: 'Answer the customer',
  description:
    'Sends your answer to the customer, as the AI agent. Refused with ai_paused while a person has the conversation, with stale_epoch where that changed since you read, and with newer_message where the customer wrote again: then read the conversation and answer what is there now.',
  who: 'agent',
  annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: true },
  input: z.strictObject({
    conversationId,
    text: text.meta({ description: 'What the customer reads, in plain text.' }),
    epoch: epoch.meta({ description: 'The epoch that get_conversation or may_i_reply showed when you read the conversation.' }),
    lastSeenMessage: lastSeenMessage.meta({ description: 'The id of the last customer message that you have read, lastCustomerMessage of get_conversation; null if they wrote none.' }),
  }),
  answer: messageView.pick({ id: true, createdAt: true, delivery: true }).extend({ conversationId: z.string() }),
  listsAnswer: true,
  async run(deps, { principal, input, key }) {
    const { conversationId: id, ...said } = input;
    const posted = await postMessage(deps, principal, id, { author: 'agent', ...said }, key);
    if (!posted.ok) return posted;
    const { id: messageId, createdAt, delivery } = posted.value;
    return ok({ id: messageId, conversationId: id, createdAt, delivery });
  },
  words: ({ id }) => `Recorded as ${id}. It reaches the customer unless a person takes over first.`,
});
