import type { z } from 'zod';
import { strangersAmong } from '#prisma/store/assignees.ts';
import { commandIdFrom, idFrom } from '#prisma/store/derived-id.ts';
import { forgetDraft } from '#prisma/store/drafts.ts';
import { dropUnseenBody, storeBody } from '#prisma/store/outgoing-bodies.ts';
import { isDefinite } from '#switchboard/refusal-of.ts';
import { note as noteInput } from '#workflows/contract/commands.ts';
import type { TicketView } from '#workflows/contract/views.ts';
import { refuseField } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';
import { refusedFiles } from '../attachments/refused-files.ts';
import { commandKey } from '../command-key.ts';
import { parseInput } from '../parse-input.ts';
import { actorOf, principalKey } from '../principal.ts';
import type { Principal } from '../principal.ts';
import { refuseUnlessWriter } from '../require-role.ts';
import type { TicketDeps } from '../ticket-deps.ts';
import { sendCommand, ticketAnswer, workableTicket } from './give-command.ts';

/** Writes a note for the team (P39): never sent, and it pauses nothing. Who is mentioned is told. */
export async function note(deps: TicketDeps, principal: Principal, ticketId: string, input: z.input<typeof noteInput>, key: string): Promise<Result<TicketView>> {
  const refused = refuseUnlessWriter(principal);
  if (refused) return refused;
  const parsed = parseInput(noteInput, input);
  if (!parsed.ok) return parsed;
  const { text, mentions, attachments } = parsed.value;
  const found = await workableTicket(deps, principal, ticketId);
  if (!found.ok) return found;
  const { prisma } = deps;
  const { teamId, conversationId, channel, id } = found.value;
  const [stranger] = await strangersAmong(prisma, teamId, mentions, { whoWork: false });
  if (stranger !== undefined) return refuseField('body.mentions', `${stranger} is no member of the team`);

  const named = commandKey(principal, { deed: 'note', target: id, key });
  const messageId = idFrom('message', named);
  const stored = await storeBody(prisma, { id: messageId, teamId, conversationId, kind: 'note', author: 'operator', authorId: principalKey(principal), channel, text, at: new Date(deps.now()) }, attachments);
  if (stored !== 'accepted' && stored !== 'stored') return refusedFiles(stored);
  if (stored === 'stored') {
    const answered = await sendCommand(deps, found.value, {
      id: commandIdFrom(named),
      command: { kind: 'note', by: actorOf(principal), messageId, mentions: [...new Set(mentions)] },
    });
    if (!answered.ok) {
      if (isDefinite(answered)) await dropUnseenBody(prisma, { teamId, messageId });
      return answered;
    }
  }
  if (principal.kind === 'operator') await forgetDraft(prisma, { teamId, operatorId: principal.operatorId, ticketId: id, kind: 'note' });
  return ticketAnswer(deps, principal, id);
}
