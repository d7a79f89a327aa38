import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { escalate } from '#api/conversations/escalate.ts';
import { pauseConversation } from '#api/conversations/pause-ai.ts';
import { postMessage } from '#api/conversations/post-message.ts';
import { takeOver } from '#api/conversations/take-over.ts';
import type { TicketDeps } from '#api/ticket-deps.ts';
import { reply } from '#api/tickets/reply.ts';
import { claimAiDelivery, endAiClaim } from '#prisma/store/ai-claims.ts';
import { recordAiMessage } from '#prisma/store/ai-messages.ts';
import { newId } from '#prisma/store/new-id.ts';
import { claimForApp, endHanding } from '#prisma/store/webhooks/handing.ts';
import { claimForWidget, endWidgetClaim } from '#prisma/store/widgets/claims.ts';
import { prepared } from '#prisma/transaction.ts';
import { openTicket } from '#switchboard/births.ts';
import { aConversation } from '#tests/support/people.ts';
import { aSteppedClient, type SteppedClient } from '#tests/support/stepped-client.ts';
import { codeOf, value } from '#tests/support/team.ts';
import { waitFor } from '#tests/support/wait-for.ts';
import { storedMessage } from '#tests/support/stored-message.ts';
import { aWish } from '#tests/workflows/a-life.ts';
import type { Channel } from '#workflows/domain/channel.ts';
import type { Result } from '#workflows/domain/errors.ts';
import { aKey, aTeam, aTicketWorld, type TicketWorld } from './ticket-world.ts';

// P12 between every two statements: one of the two (what the AI does, the takeover) is stopped after each statement of its
// own in turn, the other goes on as far as it can, and then the first goes on.

let world: TicketWorld;
let team: Awaited<ReturnType<typeof aTeam>>;
let robin: Awaited<ReturnType<typeof team.agent>>;
/** The database as the AI's side, and the taker's, have it. */
let ai: SteppedClient;
let taker: SteppedClient;
beforeAll(async () => {
  world = await aTicketWorld();
  team = await aTeam(world);
  robin = await team.agent({ onEscalate: 'pause' });
  [ai, taker] = [aSteppedClient(world.desk.databaseUrl), aSteppedClient(world.desk.databaseUrl)];
}, 60_000);
afterAll(async () => {
  await Promise.all([ai.close(), taker.close()]);
  await world.close();
});

interface Scene {
  readonly conversationId: string;
  /** What the customer's side was handed, and the takeover's answer, in their order. */
  readonly happened: string[];
  /** What the AI's side does. */
  readonly speak: () => Promise<unknown>;
  readonly takeOver: () => Promise<unknown>;
}

interface Kind {
  readonly channel: Channel;
  readonly hasTicket: boolean;
  readonly speak: typeof post;
  /** What silences the AI. */
  readonly take: (deps: TicketDeps, whose: { readonly conversationId: string; readonly ticketId: string }) => Promise<Result<unknown>>;
}

const takesOver: Kind['take'] = (deps, { conversationId }) => takeOver(deps, team.admin, conversationId, {}, aKey());
const shown = { channel: 'live_chat', hasTicket: true, speak: show } as const;

const SCENES = {
  'an answer that an agent posts': { channel: 'api', hasTicket: true, speak: post, take: takesOver },
  'an answer that an agent posts where there is no ticket yet': { channel: 'api', hasTicket: false, speak: post, take: takesOver },
  'an answer that is being mailed': { channel: 'email', hasTicket: true, speak: mail, take: takesOver },
  'an answer that a webhook brings to an app': { channel: 'api', hasTicket: true, speak: tell, take: takesOver },
  'an answer that a widget is being shown': { ...shown, take: takesOver },
  'an answer that a widget is being shown, by a reply,': { ...shown, take: (deps, { ticketId }) => reply(deps, team.admin, ticketId, { text: 'I look after it.', takeOver: true }, aKey()) },
  'an answer that a widget is being shown, by a pause,': { ...shown, take: (deps, { conversationId }) => pauseConversation(deps, team.admin, conversationId, {}, aKey()) },
  'an answer that a widget is being shown, by an escalation that pauses,': { ...shown, take: (deps, { conversationId }) => escalate(deps, robin.principal, conversationId, { reason: 'Asks for a person' }, aKey()) },
} satisfies Readonly<Record<string, Kind>>;

interface Chat {
  readonly conversationId: string;
  readonly lastSeenMessage: string;
  readonly happened: string[];
}

async function post({ conversationId, lastSeenMessage }: Chat): Promise<() => Promise<unknown>> {
  return () => postMessage({ ...world.deps, prisma: ai.prisma }, robin.principal, conversationId, { author: 'agent', text: 'It left today.', epoch: 1, lastSeenMessage }, aKey());
}

async function mail(chat: Chat): Promise<() => Promise<unknown>> {
  const messageId = await recorded(chat);
  return async () => {
    if ((await claimAiDelivery(ai.prisma, { messageId, now: new Date() })) !== 'claimed') return;
    await handing(chat);
    await endAiClaim(ai.prisma, { messageId, now: new Date() });
  };
}

async function tell(chat: Chat): Promise<() => Promise<unknown>> {
  const messageId = await recorded(chat);
  const message = { teamId: team.id, conversationId: chat.conversationId, messageId, isAis: true };
  return async () => {
    const clearance = await claimForApp(ai.prisma, { message, wasAccepted: false, now: new Date() });
    if (clearance === 'held_back') return;
    await handing(chat);
    if (clearance !== 'free') await endHanding(prepared(ai.prisma), clearance, { mayHaveArrived: true });
  };
}

async function show(chat: Chat): Promise<() => Promise<unknown>> {
  const messageId = await recorded(chat);
  const whose = { teamId: team.id, conversationId: chat.conversationId, reader: newId('message') };
  return async () => {
    if (!(await claimForWidget(ai.prisma, { ...whose, messageIds: [messageId], now: new Date() })).has(messageId)) return;
    await handing(chat);
    await endWidgetClaim(prepared(ai.prisma), whose);
  };
}

/** Bytes leave as late as they can while the claim holds: a place to be stopped at, too. */
async function handing({ happened }: Chat): Promise<void> {
  await ai.prisma.$queryRaw`SELECT 1`;
  happened.push('handed');
}

/** What an agent wrote, and nobody has followed yet. */
async function recorded({ conversationId, lastSeenMessage }: Chat): Promise<string> {
  const id = newId('message');
  value(await recordAiMessage(world.deps.prisma, { id, teamId: team.id, conversationId, agentId: robin.id, text: 'It left today.', epoch: 1, lastSeenMessage, at: new Date() }, () => Promise.resolve()));
  return id;
}

async function aScene({ channel, hasTicket, speak, take }: Kind): Promise<Scene> {
  const { deps } = world;
  const { id: conversationId, requesterId } = await aConversation(deps.prisma, { teamId: team.id, agentId: robin.id, channel });
  const place = { teamId: team.id, conversationId, requesterId, channel, agentId: robin.id };
  const lastSeenMessage = await storedMessage(deps.prisma, place);
  const { ticketId } = hasTicket ? value(await openTicket(deps, aWish(place, { kind: 'key', id: 'key_1' }))) : { ticketId: '' };
  const happened: string[] = [];
  return {
    conversationId,
    happened,
    speak: await speak({ conversationId, lastSeenMessage, happened }),
    takeOver: async () => {
      expect(codeOf(await take({ ...deps, prisma: taker.prisma }, { conversationId, ticketId }))).toBe('ok');
      happened.push('taken', ...(await visible(conversationId)));
    },
  };
}

/** What of the AI's messages the customer's side has or will get. */
async function visible(conversationId: string): Promise<string[]> {
  const rows = await world.deps.prisma.message.findMany({ where: { conversationId, author: 'agent', NOT: { delivery: 'suppressed' } }, select: { id: true } });
  return rows.map(({ id }) => id);
}

/** So long that whoever does not wait for a claim would have answered after its pause. */
const ANSWERS_WITHIN_MS = 250;

/** The other cannot go on: it waits for a lock, or the taker for a claim that is not over. */
async function isWaiting(conversationId: string): Promise<boolean> {
  const [found] = await world.deps.prisma.$queryRaw<{ forLock: boolean; forClaim: boolean }[]>`
    SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock') AS "forLock",
      EXISTS (SELECT FROM conversations c WHERE id = ${conversationId} AND is_paused
        AND (EXISTS (SELECT FROM ai_claims a WHERE a.conversation_id = c.id AND a.done_at IS NULL) OR EXISTS (SELECT FROM widget_claims w WHERE w.conversation_id = c.id))) AS "forClaim"`;
  if (found?.forClaim === true) await pause(ANSWERS_WITHIN_MS);
  return found?.forLock === true || found?.forClaim === true;
}

/** Stops the first after so many of its statements, lets the other go as far as it can, and then both. Says whether the first was stopped at all. */
async function interleave(scene: Scene, { first, after }: { first: 'speak' | 'takeOver'; after: number }): Promise<boolean> {
  const [stepped, other] = first === 'speak' ? ([ai, scene.takeOver] as const) : ([taker, scene.speak] as const);
  stepped.stopAfter(after);
  const [begun, isOver] = settling(scene[first]());
  await waitFor(() => isOver() || stepped.isStopped(), 'the first has stopped or is done', { everyMs: 1 });
  const wasStopped = !isOver();
  const [followed, isDone] = settling(other());
  await waitFor(async () => isDone() || (wasStopped && (await isWaiting(scene.conversationId))), 'the other is done, or can go no further', { everyMs: 5 });
  stepped.goOn();
  await Promise.all([begun, followed]);
  return wasStopped;
}

function settling(work: Promise<unknown>): [Promise<unknown>, () => boolean] {
  let isOver = false;
  const settled = work.finally(() => {
    isOver = true;
  });
  settled.catch(() => undefined);
  return [settled, () => isOver];
}

const MOST_STATEMENTS = 80;

it.each(Object.entries(SCENES))('keeps %s from a customer whose conversation was taken from the AI, wherever either side is interrupted (P12)', async (_what, kind) => {
  const wrong: string[] = [];
  const stops = { speak: 0, takeOver: 0 };
  for (const first of ['speak', 'takeOver'] as const) {
    for (let after = 0, isStopped = true; isStopped && after < MOST_STATEMENTS; after += 1) {
      const scene = await aScene(kind);
      isStopped = await interleave(scene, { first, after });
      stops[first] += Number(isStopped);
      const { happened, conversationId } = scene;
      const seen = happened.slice(happened.indexOf('taken') + 1);
      const late = (await visible(conversationId)).filter((id) => !seen.includes(id));
      if (late.length > 0 || seen.includes('handed')) wrong.push(`${first} stopped after ${after}: ${happened.join(' ')}, and visible later: ${late.join(' ')}`);
    }
  }
  expect(wrong).toEqual([]);
  // Each side was stopped at several places, and each came to its end.
  expect(stops.speak).toBeGreaterThan(2);
  expect(stops.takeOver).toBeGreaterThan(8);
  expect(Math.max(stops.speak, stops.takeOver)).toBeLessThan(MOST_STATEMENTS);
}, 180_000);
