import { retireConversations } from '#store/conversation-view.ts';
import { isRouterLate } from '#store/routing/router-flag.ts';
import { forgetOld, unsettled } from '#store/unsettled.ts';
import { wakeTurns } from '#switchboard/ai-turns.ts';
import { bear } from '#switchboard/births.ts';
import { followAiMessage, followWidgetReply } from '#switchboard/deliveries.ts';
import { handOver } from '#switchboard/hand-over.ts';
import { resumeIntake } from '#switchboard/intake.ts';
import { startTranslation } from '#switchboard/translations.ts';
import { wakeRouter } from '#switchboard/team-routers.ts';
import { tellTicket } from '#switchboard/tickets.ts';
import { wakeDrain } from '#switchboard/webhook-drains.ts';
import { resendReopening } from '#switchboard/reopenings.ts';
import type { Instant } from '#workflows/domain/instant.ts';
import type { ActivityDeps } from '../activity-deps.ts';
import { endTurn } from '../agents/end-turn.ts';
import { leftCommands, lookAfter } from './left-commands.ts';
import { missedTurns } from './missed-turns.ts';

/** A row that nobody has picked up for this long was left by a process that died. */
const PATIENCE_MS = 10_000;

/** Hands on what a dead process left between its row and its signal, or an external agent unanswered, and retires conversations from their view. */
export async function sweepTeam(deps: ActivityDeps, { teamId }: { teamId: string }): Promise<{ found: number; nextAt: Instant | null }> {
  const now = new Date(deps.now());
  const left = await unsettled(deps.prisma, { teamId, before: new Date(now.getTime() - PATIENCE_MS) });
  const works: (() => Promise<unknown>)[] = [
    ...left.births.map((input) => () => bear(deps, { ticketId: input.ticketId, input, isMine: true })),
    ...left.reopenings.map((one) => () => resendReopening(deps, one)),
    ...left.mails.map((mail) => () => resumeIntake(deps, mail)),
    ...left.customerMessages.map((messageId) => () => handOver(deps, { teamId, messageId })),
    ...((await isRouterLate(deps.prisma, teamId, new Date(now.getTime() - PATIENCE_MS))) ? [() => wakeRouter(deps, teamId)] : []),
    ...left.leftBehind.map(({ ticketId, operatorId, assignmentEpoch }) => () =>
      tellTicket(deps, { teamId, ticketId }, { id: `left:${operatorId}:${assignmentEpoch}`, fact: { kind: 'assignee_left', operatorId } })),
    ...(await leftCommands(deps, teamId)).map((ticketId) => () => lookAfter(deps, { teamId, ticketId })),
    ...left.streams.map((stream) => () => wakeDrain(deps, stream, { isDue: true })),
    ...left.turns.map((turn) => () => wakeTurns(deps, { teamId, ...turn })),
    ...(await missedTurns(deps, { teamId, now })).map(({ turn, reason }) => () => endTurn(deps, { ...turn, end: { kind: 'failed', reason } })),
    ...left.translations.map((one) => () => startTranslation(deps, { teamId, ...one, isAwaited: false })),
    ...left.widgetReplies.map((messageId) => () => followWidgetReply(deps, { teamId, messageId })),
    ...left.aiMessages.map((messageId) => () => followAiMessage(deps, { teamId, messageId })),
  ];
  // One that fails must not keep the others from being picked up; it is found again in the next round.
  const results = await Promise.allSettled(works.map((work) => work()));
  await forgetOld(deps.prisma, { teamId, now });
  const nextAt = await retireConversations(deps.prisma, { teamId, now });
  return { found: results.length, nextAt };
}
