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
import { announceRequester, insertRequester, learnLanguage, lockRequesterBy } from '#prisma/store/requesters.ts';
import { insertTags } from '#prisma/store/tags.ts';
import { bear } from '#switchboard/births.ts';
import { createTicket as createTicketInput } from '#workflows/contract/commands.ts';
import type { CreateTicket } from '#workflows/contract/commands.ts';
import type { TicketView } from '#workflows/contract/views.ts';
import { ok, refuse, refuseField } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';
import { commandKey } from '../command-key.ts';
import { parseInput } from '../parse-input.ts';
import { actorOf, principalKey } from '../principal.ts';
import type { Principal } from '../principal.ts';
import { refuseUnlessWriter } from '../require-role.ts';
import type { TicketDeps } from '../ticket-deps.ts';
import { asTheyWrote, firstInTheirLanguage } from '../translation/first-message.ts';
import type { FirstMessage } from '../translation/first-message.ts';
import { ticketAnswer } from './give-command.ts';
import { refuseUnknownGroup } from './known-group.ts';

interface Wanted {
  readonly principal: Principal;
  readonly said: CreateTicket;
  /** The command's key: see `commandKey`. */
  readonly named: string;
  readonly addressId: string | null;
  readonly words: FirstMessage;
  readonly at: Date;
}

/**
 * Makes a ticket by hand or by a program (P3), with its conversation and first message in one transaction: what the
 * customer wrote, or what we write to them, which is mailed. Answers go by mail, from the team's default address. No AI
 * serves such a conversation. The requester is who has that address verified; a typed one proves nothing (P43). What we
 * write is translated like a reply where that is asked for, before anything begins (P47).
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
  const words = said.author === 'operator' ? await firstInTheirLanguage(deps, principal, said) : ok(asTheyWrote(said, await detectLanguage(said.text)));
  if (!words.ok) return words;
  await makeConversationOnce(prisma, { teamId, conversationId }, (db) => lay(db, { principal, said, named, addressId, words: words.value, at: new Date(deps.now()) }));
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
  const { principal, said, named, addressId, words, at } = wanted;
  const { teamId } = principal;
  const [conversationId, messageId] = [idFrom('conversation', named), idFrom('message', named)];
  const channel = addressId === null ? 'api' : 'email';
  const { requesterId, isElsewhere } = await requesterFor(db, wanted);
  await insertConversation(db, { id: conversationId, teamId, channel, agentId: null, requesterId, subject: words.mailSubject, addressId });
  const message = { id: messageId, teamId, conversationId, channel, text: words.text, language: words.language, at } as const;
  if (said.author === 'customer') await storeCustomerMessage(db, { ...message, requesterId });
  else await insertMessage(db, { ...message, author: 'operator', authorId: principalKey(principal), mailTo: [said.requester.email], ...(words.source !== null && { source: words.source }) });
  await reserveBirthIn(db, birthWish(wanted));
  if (isElsewhere) await announceRequester(db, { teamId, requesterId, hasLanguage: true });
}

function birthWish({ principal, said, words, named, at }: Wanted): BirthWish {
  const messageId = idFrom('message', named);
  return {
    ticketId: idFrom('ticket', named),
    teamId: principal.teamId,
    conversationId: idFrom('conversation', named),
    origin: principal.kind === 'operator' ? 'form' : 'api',
    subject: words.subject,
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

/** `isElsewhere`: of somebody who is known, what they read is news to other pages, too. */
async function requesterFor(db: Db, { principal, said, named }: Wanted): Promise<{ requesterId: string; isElsewhere: boolean }> {
  const { teamId } = principal;
  const { name, email, language } = said.requester;
  const known = await lockRequesterBy(db, teamId, { kind: 'email', value: email });
  const requesterId = known ?? idFrom('requester', named);
  if (known === null) await insertRequester(db, { id: requesterId, teamId, name, addresses: [{ kind: 'email', value: email, verified: false }] });
  const isNews = language !== undefined && (await learnLanguage(db, { teamId, requesterId, language, source: 'manual' }));
  return { requesterId, isElsewhere: isNews && known !== null };
}
