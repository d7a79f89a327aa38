import { z } from 'zod';
import { ok } from '#workflows/domain/errors.ts';
import { resumeConversation } from '../../conversations/resume-ai.ts';
import { standing, standingOf, standingWords } from '../standing.ts';
import { tool } from '../tool.ts';
import { conversationId } from '../tool-fields.ts';

export const resume = tool({
  name: 'resume',
  title: 'Let the AI answer again',
  description:
    'Ends a pause of the AI. With an agent’s key only a pause that the agent itself or its policy made: while a person has the conversation it is refused with human_pause, and you get it back when they are done. An open ticket stays open.',
  who: 'agent_or_writer',
  annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: true, openWorldHint: false },
  input: z.strictObject({ conversationId }),
  answer: standing,
  listsAnswer: true,
  async run(deps, { principal, input, key }) {
    const resumed = await resumeConversation(deps, principal, input.conversationId, {}, key);
    return resumed.ok ? ok(standingOf(resumed.value, principal)) : resumed;
  },
  words: (answer) => `May you reply now? ${standingWords(answer)}`,
});
