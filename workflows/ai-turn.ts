import { CancellationScope, condition, continueAsNew, defineSignal, isCancellation, proxyActivities, setHandler, sleep, workflowInfo } from '@temporalio/workflow';
import type { Called, NextTurn, TurnActivities, TurnEnd, TurnKey } from './contract/activity-types.ts';
import { type Awaited, type TurnInput, TURNS_AS_OF_NOW } from './contract/turn-input.ts';
import { agentTaskQueue } from './contract/workflow-ids.ts';
import { nextTryInMs } from './domain/turn-wait.ts';
import { beginTurn, endTurn, lookNearby } from './proxies.ts';

/** Somebody wrote, or the mode changed: `epoch` is the conversation's since then. Also starts it. */
export const heardSignal = defineSignal<[epoch: number]>('heard');

const MOST_EVENTS = 400;

/**
 * Answers a conversation's unanswered messages, one turn after the other, and ends when there are none. What is to be
 * answered, and what was, are rows: the run carries nothing but whom it waits for.
 */
export async function aiTurn({ teamId, conversationId, awaited: carried, tellsCancelled = false, looksNearby = false, endsInCall = false }: TurnInput): Promise<void> {
  const ears = new Ears();
  setHandler(heardSignal, (epoch) => ears.hear(epoch));
  const room: Room = { ears, tellsCancelled, looksNearby, endsInCall };
  let awaited = carried;
  let seen: Seen;
  for (;;) {
    const due: NextTurn | null = seen === undefined ? await look(room, { teamId, conversationId }) : seen;
    seen = undefined;
    if (due === null && !ears.isTold) return;
    if (due !== null) {
      const turn = { teamId, conversationId, epoch: due.epoch, lastSeenMessage: due.lastSeenMessage };
      if (awaited !== undefined && isSame(awaited.turn, turn)) seen = await awaitAnswer(awaited, room);
      else if (due.waitMs > 0) await sleep(due.waitMs);
      else ({ awaited, seen } = await take(turn, room));
    }
    if (hasGrown()) await continueAsNew<typeof aiTurn>({ teamId, conversationId, ...(awaited !== undefined && { awaited }), ...TURNS_AS_OF_NOW });
  }
}

/** What a run has, and how it keeps its order. */
interface Room extends Required<Pick<TurnInput, 'tellsCancelled' | 'looksNearby' | 'endsInCall'>> {
  readonly ears: Ears;
}

/** What is due, as whoever ended the last turn saw it; undefined: nobody looked. */
type Seen = NextTurn | null | undefined;

/** What is heard from now on may be news to it. */
async function look({ ears, looksNearby }: Room, of: { teamId: string; conversationId: string }): Promise<NextTurn | null> {
  ears.forget();
  if (!looksNearby) return beginTurn(of);
  return lookNearby(of).catch(() => beginTurn(of));
}

async function end({ ears, looksNearby }: Room, turn: TurnKey, how: TurnEnd): Promise<Seen> {
  if (!looksNearby) {
    await endTurn({ ...turn, end: how });
    return undefined;
  }
  ears.forget();
  return endTurn({ ...turn, end: how });
}

/** One turn, to its end; answers with whom is waited for, or with what is due next. */
async function take(turn: TurnKey, room: Room): Promise<{ awaited?: Awaited; seen?: Seen }> {
  for (let failures = 0; ; ) {
    const called = await call(turn, room);
    if (called.kind === 'ended') return { seen: called.next };
    if (called.kind === 'outdated') return {};
    if (called.kind === 'cancelled') return room.tellsCancelled ? { seen: await end(room, turn, called) } : {};
    if (called.kind === 'later') return { awaited: { turn, withinMs: called.withinMs, until: Date.now() + called.withinMs } };
    if (called.kind === 'answered') return { seen: await end(room, turn, called) };
    failures += 1;
    const gapMs = called.again ? nextTryInMs(failures, called.retryAfterMs) : null;
    if (gapMs === null) return { seen: await end(room, turn, { kind: 'failed', reason: called.reason }) };
    if (await condition(() => room.ears.isPast(turn), gapMs)) return {};
  }
}

/** Takeover, reply and pause stop it as soon as they are heard of; the fence holds whether they are or not. */
async function call(turn: TurnKey, { ears, endsInCall }: Room): Promise<Called | { readonly kind: 'cancelled' }> {
  const scope = new CancellationScope();
  ears.stopWhenPast(turn, scope);
  try {
    return await scope.run(() => agentActivities(turn).callAgent(endsInCall ? { ...turn, ends: true } : turn));
  } catch (error) {
    if (isCancellation(error)) return { kind: 'cancelled' };
    return { kind: 'failed', reason: 'The process that asked the agent stopped several times.', again: false, retryAfterMs: null };
  } finally {
    ears.stopNothing();
  }
}

/** It answers by API, or the next look finds the turn unanswered and past its time. */
async function awaitAnswer({ turn, withinMs, until }: Awaited, room: Room): Promise<Seen> {
  const leftMs = until - Date.now();
  if (leftMs <= 0) return end(room, turn, { kind: 'failed', reason: `The agent said that it would answer later, and did not within ${Math.round(withinMs / 1_000)} s.` });
  await condition(() => room.ears.isTold, leftMs);
  return undefined;
}

function isSame(one: TurnKey, other: TurnKey): boolean {
  return one.epoch === other.epoch && one.lastSeenMessage === other.lastSeenMessage;
}

function hasGrown(): boolean {
  return workflowInfo().historyLength > MOST_EVENTS;
}

/** What the run hears while it works; it asks the database what it means. */
class Ears {
  isTold = false;
  private newestEpoch = 0;
  private underWay: { readonly turn: TurnKey; readonly scope: CancellationScope } | null = null;

  hear(epoch: number): void {
    this.isTold = true;
    this.newestEpoch = Math.max(this.newestEpoch, epoch);
    if (this.underWay !== null && this.isPast(this.underWay.turn)) this.underWay.scope.cancel();
  }

  forget(): void {
    this.isTold = false;
    this.newestEpoch = 0;
  }

  isPast({ epoch }: TurnKey): boolean {
    return this.newestEpoch > epoch;
  }

  stopWhenPast(turn: TurnKey, scope: CancellationScope): void {
    this.underWay = { turn, scope };
    if (this.isPast(turn)) scope.cancel();
  }

  stopNothing(): void {
    this.underWay = null;
  }
}

/**
 * A call ends itself well before this; it beats while it runs, and a worker that was killed is noticed when the beats
 * stop: then the same call is made again, and its answer is the same message. On a queue of their own, because agents are
 * slow; the key gives each team its turn where the server is fair.
 */
function agentActivities({ teamId }: TurnKey) {
  return proxyActivities<Pick<TurnActivities, 'callAgent'>>({
    taskQueue: agentTaskQueue(workflowInfo().taskQueue),
    startToCloseTimeout: '150 s',
    heartbeatTimeout: '10 s',
    retry: { initialInterval: '500 ms', maximumInterval: '30 s', maximumAttempts: 20 },
    // The run goes on at once: the fence holds, and nobody waits for a socket that is being closed.
    cancellationType: 'TRY_CANCEL',
    priority: { fairnessKey: teamId },
  });
}
