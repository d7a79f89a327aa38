import type { z } from 'zod';
import { readDrafts, writeDraft } from '#prisma/store/drafts.ts';
import { tellTyping } from '#prisma/store/typing.ts';
import { draft as draftInput } from '#workflows/contract/commands.ts';
import type { DraftView } from '#workflows/contract/draft-view.ts';
import { ok } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';
import { firstName } from '../people/first-name.ts';
import { parseInput } from '../parse-input.ts';
import type { Principal } from '../principal.ts';
import { toAttachmentView } from '../queries/attachment-view.ts';
import { findTicketFacts, NO_SUCH_TICKET } from '../queries/find-ticket.ts';
import { refuseUnlessPerson } from '../require-person.ts';
import type { TicketDeps } from '../ticket-deps.ts';

type Deps = Pick<TicketDeps, 'prisma'>;

/** What this person has begun to write on a ticket (P42); empty where nothing. */
export async function draft({ prisma }: Deps, principal: Principal, ticketId: string): Promise<Result<DraftView>> {
  const person = refuseUnlessPerson(principal);
  if (!person.ok) return person;
  const { teamId, operatorId } = person.value;
  const found = await findTicketFacts(prisma, teamId, ticketId);
  if (found === null) return NO_SUCH_TICKET;
  const { reply, note } = await readDrafts(prisma, { teamId, operatorId, ticketId: found.id });
  return ok({ reply: reply.text, note: note.text, attachments: { reply: reply.files.map(toAttachmentView), note: note.files.map(toAttachmentView) } });
}

/** Keeps what this person has begun to write; without text and files it is forgotten. */
export async function saveDraft({ prisma }: Deps, principal: Principal, ticketId: string, input: z.input<typeof draftInput>): Promise<Result<null>> {
  const person = refuseUnlessPerson(principal);
  if (!person.ok) return person;
  const parsed = parseInput(draftInput, input);
  if (!parsed.ok) return parsed;
  const { teamId, operatorId } = person.value;
  const found = await findTicketFacts(prisma, teamId, ticketId);
  if (found === null) return NO_SUCH_TICKET;
  // NUL and lone surrogates are typed by nobody and stored by no database; half a text is better than none.
  const text = parsed.value.text.replace(/\0|\p{Surrogate}/gu, '');
  await writeDraft(prisma, { teamId, operatorId, ticketId: found.id, kind: parsed.value.kind, text, attachments: parsed.value.attachments });
  // A draft is kept as it is written: the customer of a web chat sees that somebody writes, and never a note.
  if (parsed.value.kind === 'reply' && text !== '' && found.channel === 'live_chat') {
    await tellTyping(prisma, { teamId, conversationId: found.conversationId, by: 'operator', name: firstName(person.value.name) });
  }
  return ok(null);
}
