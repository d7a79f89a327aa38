import type { z } from 'zod';
import type { Db } from '#prisma/client.ts';
import { detectLanguage } from '#prisma/store/languages/detect-language.ts';
import { strangersAmong } from '#prisma/store/assignees.ts';
import { defaultAddressOf, insertConversation, makeConversationOnce } from '#prisma/store/conversations.ts';
import { storeCustomerMessage } from '#prisma/store/customer-messages.ts';
import { idFrom } from '#prisma/store/derived-id.ts';
import { openGeneration, reserveBirthIn } from '#prisma/store/generations.ts';
import type { BirthWish } from '#prisma/store/generations.ts';
import { insertMessage } from '#prisma/store/message-rows.ts';
import { insertRequester, lockRequesterBy } from '#prisma/store/requesters.ts';
import { insertTags } from '#prisma/store/tags.ts';
import { bear } from '#switchboard/births.ts';
import { createTicket as createTicketInput } from '#workflows/contract/commands.ts';
import type { CreateTicket } from '#workflows/contract/commands.ts';
import type { TicketView } from '#workflows/contract/views.ts';
import { refuse, refuseField } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';
import { commandKey } from '../command-key.ts';
import { parseInput } from '../parse-input.ts';
import { actorOf, principalKey } from '../principal.ts';
import type { Principal } from '../principal.ts';
import { refuseUnlessWriter } from '../require-role.ts';
import type { TicketDeps } from '../ticket-deps.ts';
import { ticketAnswer } from './give-command.ts';
import { refuseUnknownGroup } from './known-group.ts';

interface Wanted {
  readonly principal: Principal;
  readonly said: CreateTicket;
  /** The command's key: see `commandKey`. */
  readonly named: string;
  readonly addressId: string | null;
  /** What the customer's text is written in. */
  readonly language: string | null;
  readonly at: Date;
}

/**
 * Makes a ticket by hand or by a program (P3), with its conversation and first message in one transaction: what the
 * customer wrote, or what we write to them, which is mailed. Answers go by mail, from the team's default address. No AI
 * serves such a conversation. The requester is who has that address verified; a typed one proves nothing (P43).
 */
export async function createTicket(deps: TicketDeps, principal: Principal, input: z.input<typeof createTicketInput>, key: string): Promise<Result<TicketView>> {
  const refused = refuseUnlessWriter(principal);
  if (refused) return refused;
  const parsed = parseInput(createTicketInput, input);
  if (!parsed.ok) return parsed;
  const said = parsed.value;
  const { prisma } = deps;
  const { teamId } = principal;
  const [stranger] = await strangersAmong(prisma, teamId, typeof said.assignee === 'string' ? [said.assignee] : [], { whoWork: true });
  if (stranger !== undefined) return refuseField('body.assignee', 'must be an enabled operator or admin of the team');
  const unknown = await refuseUnknownGroup(prisma, teamId, said.group);
  if (unknown) return unknown;
  const addressId = await defaultAddressOf(prisma, teamId);
  if (addressId === null && said.author === 'operator') return refuse('no_address', 'The team has no address of its own to write from. Add one in the settings first.');

  const named = commandKey(principal, { deed: 'create_ticket', target: teamId, key });
  const ticketId = idFrom('ticket', named);
  const conversationId = idFrom('conversation', named);
  const language = said.author === 'customer' ? await detectLanguage(said.text) : null;
  await makeConversationOnce(prisma, { teamId, conversationId }, (db) => lay(db, { principal, said, named, addressId, language, at: new Date(deps.now()) }));
  deps.failpoint?.('row_stored_not_signalled');
  const open = await openGeneration(prisma, conversationId);
  if (open !== null && open.ticketId === ticketId && open.isPending) {
    const born = await bear(deps, { ticketId, input: open.input, isMine: true });
    if (!born.ok) return born;
  }
  if (said.tags !== undefined && said.tags.length > 0) await insertTags(prisma, teamId, said.tags);
  return ticketAnswer(deps, principal, ticketId);
}

/** Requester, conversation, first message and the reserved birth: all of them or none. */
async function lay(db: Db, wanted: Wanted): Promise<void> {
  const { principal, said, named, addressId, language, at } = wanted;
  const { teamId } = principal;
  const [conversationId, messageId] = [idFrom('conversation', named), idFrom('message', named)];
  const channel = addressId === null ? 'api' : 'email';
  const requesterId = await requesterFor(db, wanted);
  await insertConversation(db, { id: conversationId, teamId, channel, agentId: null, requesterId, subject: said.subject, addressId });
  const message = { id: messageId, teamId, conversationId, channel, text: said.text, at } as const;
  if (said.author === 'customer') await storeCustomerMessage(db, { ...message, requesterId, language });
  else await insertMessage(db, { ...message, author: 'operator', authorId: principalKey(principal), mailTo: [said.requester.email] });
  await reserveBirthIn(db, birthWish(wanted));
}

function birthWish({ principal, said, named, at }: Wanted): BirthWish {
  const messageId = idFrom('message', named);
  return {
    ticketId: idFrom('ticket', named),
    teamId: principal.teamId,
    conversationId: idFrom('conversation', named),
    origin: principal.kind === 'operator' ? 'form' : 'api',
    subject: said.subject,
    priority: said.priority ?? null,
    tags: said.tags ?? [],
    needs: { skills: said.skills, group: said.group, language: said.language },
    assigneeId: said.assignee ?? null,
    by: actorOf(principal),
    at: at.getTime(),
    escalation: null,
    takenBy: null,
    firstReply: said.author === 'operator' ? { messageId } : null,
    heeds: said.author === 'customer' ? { messageId } : 'nothing',
  };
}

async function requesterFor(db: Db, { principal, said, named }: Wanted): Promise<string> {
  const { teamId } = principal;
  const { name, email } = said.requester;
  const known = await lockRequesterBy(db, teamId, { kind: 'email', value: email });
  if (known !== null) return known;
  const id = idFrom('requester', named);
  await insertRequester(db, { id, teamId, name, addresses: [{ kind: 'email', value: email, verified: false }] });
  return id;
}
