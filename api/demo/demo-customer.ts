import { z } from 'zod';
import { findTeam } from '#prisma/store/teams.ts';
import { listWidgets } from '#prisma/store/widgets/widgets.ts';
import { idOf } from '#workflows/contract/ids.ts';
import type { Desk } from '#workflows/contract/desk.ts';
import { body } from '#workflows/contract/text.ts';
import type { ConversationView } from '#workflows/contract/views.ts';
import { ok, refuse } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';
import { createConversation } from '../conversations/create-conversation.ts';
import { postMessage } from '../conversations/post-message.ts';
import { parseInput } from '../parse-input.ts';
import type { Principal } from '../principal.ts';
import { conversation } from '../queries/conversation.ts';
import { refuseUnlessWriter } from '../require-role.ts';
import type { TicketDeps } from '../ticket-deps.ts';

const input = z.strictObject({ conversationId: idOf('conversation').optional(), agentId: idOf('agent').optional(), text: body() });
const REQUESTER = { name: 'Jane Doe', externalId: 'demo-customer' };

/** Says something as the demo's customer on the API channel: to an agent, which begins a conversation, or in one that was begun. */
export async function demoCustomerSays(deps: TicketDeps, principal: Principal, given: Parameters<Desk['demoCustomerSays']>[0], key: string): Promise<Result<ConversationView>> {
  const refused = refuseUnlessWriter(principal) ?? (await refuseUnlessDemo(deps, principal));
  if (refused) return refused;
  const parsed = parseInput(input, given);
  if (!parsed.ok) return parsed;
  const { conversationId, agentId, text } = parsed.value;
  if (conversationId === undefined) return createConversation(deps, principal, { agentId, requester: REQUESTER, message: text }, key);
  const begun = await demoCustomerSees(deps, principal, conversationId);
  if (!begun.ok) return begun;
  const said = await postMessage(deps, principal, conversationId, { author: 'customer', text }, key);
  return said.ok ? demoCustomerSees(deps, principal, conversationId) : said;
}

/**
 * The conversation as its customer sees it. Seeing is delivery, as it is for the app of any customer on this channel: an answer
 * that nobody has seen is taken back by a takeover.
 */
export async function demoCustomerSees(deps: TicketDeps, principal: Principal, conversationId: string): Promise<Result<ConversationView>> {
  const refused = await refuseUnlessDemo(deps, principal);
  if (refused) return refused;
  const app: Principal = { kind: 'key', teamId: principal.teamId, keyId: 'demo-customer', role: 'viewer' };
  const seen = await conversation(deps, app, conversationId);
  return seen.ok && seen.value.channel !== 'api' ? refuse('not_found', 'There is no such chat.') : seen;
}

/** The web chat on the demo's own shop page. */
export async function demoCustomerWidget(deps: TicketDeps, principal: Principal): Promise<Result<{ widgetId: string }>> {
  const refused = await refuseUnlessDemo(deps, principal);
  if (refused) return refused;
  const [first] = await listWidgets(deps.prisma, principal.teamId);
  return first === undefined ? refuse('not_found', 'The demo has no web chat any more. Settings, Web chat makes one.') : ok({ widgetId: first.id });
}

async function refuseUnlessDemo({ prisma }: TicketDeps, { teamId }: Principal) {
  const team = await findTeam(prisma, teamId);
  return team?.isDemo ? null : refuse('not_found', 'Only the demo team has a customer to play.');
}
