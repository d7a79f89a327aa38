import type { z } from 'zod';
import { commandIdFrom } from '#prisma/store/derived-id.ts';
import { openGeneration } from '#prisma/store/generations.ts';
import { extendPause as extendPauseInput, resumeAi as resumeAiInput } from '#workflows/contract/commands.ts';
import type { ConversationView, TicketView } from '#workflows/contract/views.ts';
import { ok, refuse } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';
import type { Command } from '#workflows/domain/ticket-event.ts';
import { commandKey } from '../command-key.ts';
import { parseInput } from '../parse-input.ts';
import { actorOf } from '../principal.ts';
import type { Principal } from '../principal.ts';
import { refuseUnlessWriter } from '../require-role.ts';
import type { TicketDeps } from '../ticket-deps.ts';
import { sendCommand, ticketAnswer } from '../tickets/give-command.ts';
import { conversationAnswer, workableConversation } from './workable-conversation.ts';

type Asked = readonly [deps: TicketDeps, principal: Principal, conversationId: string];

/** "Allow AI replies" (P15); the ticket goes on. Refused with `not_paused` where the conversation never had a ticket. */
export async function resumeAi(deps: TicketDeps, principal: Principal, conversationId: string, key: string): Promise<Result<TicketView>> {
  const refused = refuseUnlessWriter(principal);
  if (refused) return refused;
  const resumed = await tellOpenTicket([deps, principal, conversationId], { deed: 'resume', key }, { kind: 'resume_ai', by: actorOf(principal) });
  if (!resumed.ok) return resumed;
  return resumed.value === null ? NOT_PAUSED : ticketAnswer(deps, principal, resumed.value);
}

/** The same for programs. An agent's key ends only its own kind of pause: a human's is `human_pause` (P16). */
export async function resumeConversation(deps: TicketDeps, principal: Principal, conversationId: string, input: z.input<typeof resumeAiInput>, key: string): Promise<Result<ConversationView>> {
  const parsed = parseInput(resumeAiInput, input);
  if (!parsed.ok) return parsed;
  const resumed = await tellOpenTicket([deps, principal, conversationId], { deed: 'resume', key }, { kind: 'resume_ai', by: actorOf(principal) });
  return resumed.ok ? conversationAnswer(deps, principal, conversationId) : resumed;
}

/** Lets the AI wait longer before it resumes by itself (P16); refused with `not_paused` or `no_auto_resume` where it is not paused, or does not do that. */
export async function extendPause(deps: TicketDeps, principal: Principal, conversationId: string, input: z.input<typeof extendPauseInput>, key: string): Promise<Result<TicketView>> {
  const refused = refuseUnlessWriter(principal);
  if (refused) return refused;
  const parsed = parseInput(extendPauseInput, input);
  if (!parsed.ok) return parsed;
  const command: Command = { kind: 'extend_pause', by: actorOf(principal), minutes: parsed.value.minutes };
  const extended = await tellOpenTicket([deps, principal, conversationId], { deed: 'extend', key }, command);
  if (!extended.ok) return extended;
  return extended.value === null ? NOT_PAUSED : ticketAnswer(deps, principal, extended.value);
}

const NOT_PAUSED = refuse('not_paused', 'The AI is not paused here.');

/** No pause without an open ticket: where none is open there is nothing to tell, and the last ticket (or null) is the answer. */
async function tellOpenTicket([deps, principal, conversationId]: Asked, { deed, key }: { deed: string; key: string }, command: Command): Promise<Result<string | null>> {
  const found = await workableConversation(deps, principal, conversationId);
  if (!found.ok) return found;
  const { teamId, lastTicketId } = found.value;
  const open = await openGeneration(deps.prisma, conversationId);
  if (open === null) return command.kind === 'extend_pause' ? NOT_PAUSED : ok(lastTicketId);
  const id = commandIdFrom(commandKey(principal, { deed, target: conversationId, key }));
  const answer = await sendCommand(deps, { teamId, id: open.ticketId }, { id, command });
  return answer.ok ? ok(open.ticketId) : answer;
}
