import { z } from 'zod';
import { followEditWorkflowId } from '#workflows/contract/workflow-ids.ts';
import { settingsProgress, type SettingsProgress } from '#workflows/contract/settings-progress.ts';
import { SLA_SCOPE } from '#store/policies.ts';
import { startSweeper } from '#switchboard/sweepers.ts';
import { waitFor } from '#tests/support/wait-for.ts';
import { AFTER, anEditTeam, BEFORE, bear, edit, type EditTeam } from './edit-team.ts';
import { wrongWith } from './edit-verdict.ts';
import { ask } from './http-client.ts';
import type { Installation } from './installation.ts';
import { wordsOf } from './words-of.ts';

export interface EditWishes {
  /** Open tickets when the edit is made. */
  readonly tickets: number;
  /** Most of the tickets that are born while they follow. */
  readonly births: number;
  /** The worker is killed as soon as so many of them follow. */
  readonly killedAfter: readonly number[];
  readonly say?: (line: string) => void;
}

export interface EditVerdict {
  readonly tickets: number;
  readonly bornMeanwhile: number;
  /** How many tickets did not follow yet at each death. */
  readonly behindAtDeaths: readonly number[];
  readonly progress: SettingsProgress;
  /** How many the edit's own workflow told, repeats included; null: it has not ended. */
  readonly told: number | null;
  /** From the answer to the edit until the last ticket followed. */
  readonly tookMs: number;
  /** How long each birth during it took, in milliseconds. */
  readonly birthsMs: readonly number[];
  readonly wrong: readonly string[];
}

const WIDTH = 8;
/** A death holds an edit up for some 15 s; on a busy machine a ticket may take long, but not all of them. */
const STANDSTILL_MS = 90_000;
const DONE_WITHIN_MS = 3_600_000;
const SAY_EVERY_MS = 5_000;
const SAY_TICKETS = 500;
const LOOK_EVERY_MS = 50;

/** Many open tickets, an edit of what they follow, a worker that dies while they are told, and others that are born meanwhile (P34). */
export async function editUnderFire(installation: Installation, { tickets, births, killedAfter, say = () => undefined }: EditWishes): Promise<EditVerdict> {
  const { desk, switchboard, prisma } = installation;
  const team = await anEditTeam(installation);
  await startSweeper(switchboard, team.teamId);
  await edit(desk.httpUrl, team, { policies: BEFORE, version: 0 });
  let made = 0;
  await inLanes(WIDTH, async () => {
    if (made >= tickets) return false;
    const i = (made += 1);
    await bear(desk.httpUrl, team, i);
    if (i % SAY_TICKETS === 0) say(`${i} of ${tickets} tickets are there`);
    return true;
  });
  await waitFor(async () => (await progressOf(installation, team)).isDone, 'every ticket follows the first policies', { withinMs: DONE_WITHIN_MS, everyMs: 200 });

  const editedAt = Date.now();
  await edit(desk.httpUrl, team, { policies: AFTER, version: 1 });
  const answeredAt = performance.now();
  const birthsMs: number[] = [];
  let isOver = false;
  let begun = 0;
  const bearing = inLanes(2, async () => {
    if (isOver || begun >= births) return false;
    begun += 1;
    const sentAt = performance.now();
    await bear(desk.httpUrl, team, tickets + begun);
    birthsMs.push(performance.now() - sentAt);
    return true;
  });
  const behindAtDeaths: number[] = [];
  const watch = (most: number) => untilBehind(() => progressOf(installation, team), { most, say: (words) => say(`${words} after ${seconds(performance.now() - answeredAt)}`) });
  for (const after of killedAfter) {
    await watch(tickets - after);
    await desk.kill('worker');
    const { openTickets, following } = await progressOf(installation, team);
    behindAtDeaths.push(openTickets - following);
    say(`the worker was killed with ${openTickets - following} to go, after ${seconds(performance.now() - answeredAt)}`);
    await desk.ready();
  }
  // Where it stands still, every ticket is looked at all the same.
  const wrong: string[] = await watch(0).then(() => [], (error: unknown) => [wordsOf(error)]);
  const tookMs = performance.now() - answeredAt;
  isOver = true;
  await bearing;
  const told = await waitFor(() => toldBy(installation, team), 'the follower of the edit ends', { withinMs: 60_000, everyMs: 200 }).catch(() => null);

  say(`everyone follows after ${seconds(tookMs)}`);
  const open = await prisma.ticket.findMany({ where: { teamId: team.teamId, status: { notIn: ['closed', 'cancelled'] } }, select: { id: true }, orderBy: { id: 'asc' } });
  let judged = 0;
  await inLanes(WIDTH, async () => {
    const next = open[judged];
    if (next === undefined) return false;
    judged += 1;
    if (judged % SAY_TICKETS === 0) say(`${judged} of ${open.length} tickets are looked at`);
    wrong.push(...(await wrongWith(installation, team, { ticketId: next.id, editedAt })));
    return true;
  });
  return { tickets: open.length, bornMeanwhile: birthsMs.length, behindAtDeaths, progress: await progressOf(installation, team), told, tookMs, birthsMs, wrong };
}

/** Waits until no more than so many tickets do not follow yet; throws when nothing moves any more. */
async function untilBehind(progress: () => Promise<SettingsProgress>, { most, say }: { most: number; say: (words: string) => void }): Promise<void> {
  let [behind, movedAt, saidAt] = [Infinity, performance.now(), performance.now()];
  await waitFor(async () => {
    const { openTickets, following } = await progress();
    const now = performance.now();
    if (openTickets - following < behind) [behind, movedAt] = [openTickets - following, now];
    if (now - saidAt > SAY_EVERY_MS) {
      saidAt = now;
      say(`${following} of ${openTickets} follow`);
    }
    return openTickets - following <= most || now - movedAt > STANDSTILL_MS;
  }, `at most ${most} tickets do not follow yet`, { withinMs: DONE_WITHIN_MS, everyMs: LOOK_EVERY_MS });
  if (behind > most) throw new Error(`${behind} tickets do not follow, and for ${seconds(STANDSTILL_MS)} none more did`);
}

async function progressOf({ desk }: Installation, { admin }: EditTeam): Promise<SettingsProgress> {
  return settingsProgress.parse((await ask(desk.httpUrl, admin, { method: 'GET', path: '/settings/progress' })).body);
}

async function toldBy({ client }: Installation, { teamId }: EditTeam): Promise<number | null> {
  const handle = client.workflow.getHandle(followEditWorkflowId({ teamId, scope: SLA_SCOPE, version: 2 }));
  const { status } = await handle.describe();
  return status.name === 'COMPLETED' ? z.number().parse(await handle.result()) : null;
}

/** Several at once, each again and again until there is nothing left to do. */
async function inLanes(width: number, work: () => Promise<boolean>): Promise<void> {
  await Promise.all(
    Array.from({ length: width }, async () => {
      while (await work());
    }),
  );
}

export function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}
