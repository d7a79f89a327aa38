import { escalate as escalateInput } from '#workflows/contract/commands.ts';
import { ok } from '#workflows/domain/errors.ts';
import { escalate as escalateConversation } from '../../conversations/escalate.ts';
import { standing, standingOf, standingWords } from '../standing.ts';
import { tool } from '../tool.ts';
import { conversationId } from '../tool-fields.ts';

const { case: handoverCase, reason, skills, group, language } = escalateInput.shape;

export const escalate = tool({
  name: 'escalate',
  title: 'Hand over to a person',
  description:
    'Hands the conversation to people: makes a ticket of it, or joins the open one. The handover of get_conversation says when, and with which case. The answer says whether you go on answering until somebody comes (mayReply), and whether to ask the customer for an e-mail address (needsEmail).',
  who: 'agent_or_writer',
  annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: true, openWorldHint: false },
  input: escalateInput.extend({
    conversationId,
    case: handoverCase.meta({ description: 'The key of the handover case that fits, from handover.cases of get_conversation; leave it out if none does.' }),
    reason: reason.meta({ description: 'Why a person is needed, in one line for that person.' }),
    skills: skills.meta({ description: 'Skills that whoever gets it needs; leave it out if you know none.' }),
    group: group.meta({ description: 'The key of the group of people it is for; leave it out if you know none.' }),
    language: language.meta({ description: 'The language it has to be answered in, as a BCP 47 tag like de; leave it out if any will do.' }),
  }),
  answer: standing,
  listsAnswer: true,
  async run(deps, { principal, input, key }) {
    const { conversationId: id, ...said } = input;
    const done = await escalateConversation(deps, principal, id, said, key);
    return done.ok ? ok(standingOf(done.value, principal)) : done;
  },
  words: (answer) => `${answer.openTicket === null ? 'Marked for people.' : `People have it as ticket ${answer.openTicket.number}.`} May you reply meanwhile? ${standingWords(answer)}`,
});
