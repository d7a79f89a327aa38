import { note as noteInput } from '#workflows/contract/commands.ts';
import { ok } from '#workflows/domain/errors.ts';
import { note } from '../../tickets/note.ts';
import { ticketStanding, ticketStandingOf, ticketWords } from '../ticket-standing.ts';
import { tool } from '../tool.ts';
import { ticketId } from '../tool-fields.ts';

const { text, mentions } = noteInput.shape;

export const addNote = tool({
  name: 'add_note',
  title: 'Leave a note for the team',
  description: 'Writes a note on a ticket for the people of the team. It is never sent to the customer, and it pauses nothing.',
  who: 'writer',
  annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: false },
  input: noteInput.extend({
    ticketId,
    text: text.meta({ description: 'The note, in plain text.' }),
    mentions: mentions.meta({ description: 'Ids of operators, starting with opr_, who are notified of it.' }),
  }),
  answer: ticketStanding,
  listsAnswer: true,
  async run(deps, { principal, input, key }) {
    const { ticketId: id, ...said } = input;
    const noted = await note(deps, principal, id, said, key);
    return noted.ok ? ok(ticketStandingOf(noted.value)) : noted;
  },
  words: (answer) => `Noted. ${ticketWords(answer)}`,
});
