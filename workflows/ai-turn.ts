import { CancellationScope, condition, continueAsNew, defineSignal, isCancellation, proxyActivities, setHandler, sleep, workflowInfo } from '@temporalio/workflow';
import type { Called, TurnActivities, TurnKey } from './contract/activity-types.ts';
import { type Awaited, type TurnInput, TURNS_AS_OF_NOW } from './contract/turn-input.ts';
import { agentTaskQueue } from './contract/workflow-ids.ts';
import { nextTryInMs } from './domain/turn-wait.ts';
import { beginTurn, endTurn } from './proxies.ts';

/** Somebody wrote, or the mode changed: `epoch` is the conversation's since then. Also starts it. */
export const heardSignal = defineSignal<[epoch: number]>('heard');

const MOST_EVENTS = 400;

/**
 * Answers a conversation's unanswered messages, one turn after the other, and ends when there are none. What is to be
 * answered, and what was, are rows: the run carries nothing but whom it waits for.
 */
export async function aiTurn({ teamId, conversationId, awaited: carried, tellsCancelled = false }: TurnInput): Promise<void> {
  const ears = new Ears();
  setHandler(heardSignal, (epoch) => ears.hear(epoch));
  let awaited = carried;
  for (;;) {
    ears.forget();
    const due = await beginTurn({ teamId, conversationId });
    if (due === null && !ears.isTold) return;
    if (due !== null) {
      const turn = { teamId, conversationId, epoch: due.epoch, lastSeenMessage: due.lastSeenMessage };
      if (awaited !== undefined && isSame(awaited.turn, turn)) await awaitAnswer(awaited, ears);
      else if (due.waitMs > 0) await sleep(due.waitMs);
      else awaited = await take(turn, ears, { tellsCancelled });
    }
    if (hasGrown()) await continueAsNew<typeof aiTurn>({ teamId, conversationId, ...(awaited !== undefined && { awaited }), ...TURNS_AS_OF_NOW });
  }
}

/** One turn, to its end; answers with whom is waited for. */
async function take(turn: TurnKey, ears: Ears, { tellsCancelled }: { tellsCancelled: boolean }): Promise<Awaited | undefined> {
  for (let failures = 0; ; ) {
    const called = await call(turn, ears);
    if (called.kind === 'outdated') return undefined;
    if (called.kind === 'cancelled') {
      if (tellsCancelled) await endTurn({ ...turn, end: { kind: 'cancelled' } });
      return undefined;
    }
    if (called.kind === 'later') return { turn, withinMs: called.withinMs, until: Date.now() + called.withinMs };
    if (called.kind === 'answered') {
      await endTurn({ ...turn, end: { kind: 'answered' } });
      return undefined;
    }
    failures += 1;
    const gapMs = called.again ? nextTryInMs(failures, called.retryAfterMs) : null;
    if (gapMs === null) {
      await endTurn({ ...turn, end: { kind: 'failed', reason: called.reason } });
      return undefined;
    }
    if (await condition(() => ears.isPast(turn), gapMs)) return undefined;
  }
}

/** Takeover, reply and pause stop it as soon as they are heard of; the fence holds whether they are or not. */
async function call(turn: TurnKey, ears: Ears): Promise<Called | { readonly kind: 'cancelled' }> {
  const scope = new CancellationScope();
  ears.stopWhenPast(turn, scope);
  try {
    return await scope.run(() => agentActivities(turn).callAgent(turn));
  } catch (error) {
    if (isCancellation(error)) return { kind: 'cancelled' };
    return { kind: 'failed', reason: 'The process that asked the agent stopped several times.', again: false, retryAfterMs: null };
  } finally {
    ears.stopNothing();
  }
}

/** It answers by API, or the next look finds the turn unanswered and past its time. */
async function awaitAnswer({ turn, withinMs, until }: Awaited, ears: Ears): Promise<void> {
  const leftMs = until - Date.now();
  if (leftMs > 0) await condition(() => ears.isTold, leftMs);
  else await endTurn({ ...turn, end: { kind: 'failed', reason: `The agent said that it would answer later, and did not within ${Math.round(withinMs / 1_000)} s.` } });
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
