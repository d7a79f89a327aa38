import { z } from 'zod';
import { ok } from '#workflows/domain/errors.ts';
import { readConversationView } from '../../queries/conversation.ts';
import { NO_SUCH_CONVERSATION, readableConversation } from '../../queries/find-conversation.ts';
import { standing, standingOf, standingWords } from '../standing.ts';
import { tool } from '../tool.ts';
import { conversationId } from '../tool-fields.ts';

export const mayIReply = tool({
  name: 'may_i_reply',
  title: 'Ask whether you may answer',
  description:
    'Whether you may answer the customer now, and why. Ask before you begin an answer and whenever you come back to a conversation: while a person has it, the answer is no. It is checked again when you reply.',
  who: 'agent_or_reader',
  annotations: { readOnlyHint: true, openWorldHint: false },
  input: z.strictObject({ conversationId }),
  answer: standing,
  listsAnswer: true,
  async run(deps, { principal, input }) {
    // Not the route's read, by which messages count as delivered: nobody is shown a message here.
    const found = await readableConversation(deps.prisma, principal, input.conversationId);
    const view = found === null ? null : await readConversationView(deps, principal.teamId, found.id);
    return view === null ? NO_SUCH_CONVERSATION : ok(standingOf(view, principal));
  },
  words: standingWords,
});
