import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { compose } from '#api/compose/compose.ts';
import { escalate } from '#api/conversations/escalate.ts';
import { takeOver } from '#api/conversations/take-over.ts';
import { ticket } from '#api/queries/ticket.ts';
import { reply } from '#api/tickets/reply.ts';
import { setStatus } from '#api/tickets/set-status.ts';
import { wakeTurns } from '#switchboard/ai-turns.ts';
import { startSweeper } from '#switchboard/sweepers.ts';
import { aKey, aTicketWorld, type TicketWorld } from '#tests/api/ticket-world.ts';
import { A_SUMMARY, aModel, type AModel, calling, failing, held, pausing, saying, sayingJson } from '#tests/support/a-model.ts';
import { value } from '#tests/support/team.ts';
import { aKillableWorker } from '#tests/support/a-killable-worker.ts';
import { waitFor } from '#tests/support/wait-for.ts';
import { aiTurnWorkflowId } from '#workflows/contract/workflow-ids.ts';
import { aTurnTeam } from './ai-turn-world.ts';

describe('a worker that dies in the middle of a turn', () => {
  let model: AModel;
  let installation: Awaited<ReturnType<typeof aKillableWorker>>;
  beforeAll(async () => {
    model = await aModel();
    installation = await aKillableWorker({ modelUrl: model.url });
  }, 120_000);
  afterAll(async () => {
    await installation.close();
    await model.close();
  });

  it('is replaced by another, and the customer is answered once', async () => {
    const { begins, hears, answers, id } = await aTurnTeam(installation);
    const lost = held(saying('Lost with its worker.'));
    model.follows(lost.manner, saying('Here.'));
    const first = installation.start();
    const chat = await begins('Hi');
    await wakeTurns(installation.deps, { teamId: id, conversationId: chat.id, epoch: 1 });
    await waitFor(() => model.requests.length === 1, 'the model is asked', { withinMs: 60_000 });
    first.kill();
    lost.release();
    await first.ended;
    installation.start();
    await hears(chat.id, 1);
    await waitFor(async () => (await installation.deps.client.workflow.getHandle(aiTurnWorkflowId(chat.id)).describe()).status.name === 'COMPLETED', 'the turn is over');
    expect(await answers(chat.id)).toEqual(['Here.']);
  }, 120_000);

  it.each([
    ['between the model’s answer and the word of it', 'answer_kept_not_told'],
    ['between the fence and the word of it', 'row_stored_not_signalled'],
    ['between the end of the turn and the word of it', 'turn_ended_not_told'],
  ])('%s, gives that answer once and asks no second time', async (_when, failpoint) => {
    const { begins, hears, answers, id } = await aTurnTeam(installation);
    model.follows(saying('The one answer.'), saying('Another one.'));
    await installation.killAll();
    const dying = installation.start(failpoint);
    const chat = await begins('Hi');
    await wakeTurns(installation.deps, { teamId: id, conversationId: chat.id, epoch: 1 });
    await dying.ended;
    installation.start();
    await hears(chat.id, 1);
    const isOver = async () => (await installation.deps.client.workflow.getHandle(aiTurnWorkflowId(chat.id)).describe()).status.name === 'COMPLETED';
    await waitFor(isOver, 'the turn is over', { withinMs: 60_000 });
    expect(await answers(chat.id)).toEqual(['The one answer.']);
    expect(model.requests).toHaveLength(1);
  }, 120_000);

  it('leaves a summary to the next one, and tells who waits at a composer that it stopped (P1, P48)', async () => {
    const { begins, admin, robin } = await aTurnTeam(installation);
    const { deps } = installation;
    await installation.killAll();
    const dying = installation.start();
    const chat = await begins('Where are my 40 euros?');
    const lost = held(sayingJson(A_SUMMARY));
    const half = pausing(['Hello'], ['.']);
    model.follows(saying('A colleague will answer.'));
    model.summarises(lost.manner, sayingJson(A_SUMMARY));
    value(await escalate(deps, robin, chat.id, { reason: 'money' }, aKey()));
    await waitFor(() => model.summaries.length === 1, 'the summary is asked for', { withinMs: 60_000 });
    model.follows(half.manner);
    const { id } = value(await compose(deps, admin, '1', { task: 'polish', text: 'hi' }, aKey()));
    const writing = () => deps.prisma.composeChunk.count({ where: { composeId: id } });
    await waitFor(async () => (await writing()) > 0, 'it writes', { withinMs: 60_000 });
    dying.kill();
    lost.release();
    await dying.ended;
    installation.start();
    await waitFor(async () => value(await ticket(deps, admin, '1')).summary?.madeBy === 'model', 'the summary is there', { withinMs: 60_000 });
    expect(model.summaries).toHaveLength(2);
    const ended = await waitFor(async () => {
      const row = await deps.prisma.compose.findUniqueOrThrow({ where: { id } });
      return row.state !== 'running' && row;
    }, 'it ended', { withinMs: 60_000 });
    expect(ended).toMatchObject({ state: 'failed', ending: { problem: 'failed', text: null } });
  }, 180_000);
});

describe('a turn that nobody heard of', () => {
  let model: AModel;
  let world: TicketWorld;
  beforeAll(async () => {
    model = await aModel();
    world = await aTicketWorld({ llm: model.llm, isDeaf: true });
  }, 120_000);
  afterAll(async () => {
    await world.close();
    await model.close();
  }, 60_000);

  it('is found by the sweeper', async () => {
    const { begins, hears, id: teamId } = await aTurnTeam(world);
    model.follows(saying('Found.'));
    const chat = await begins('Hi');
    await startSweeper(world.deps, teamId);
    await hears(chat.id, 1);
    expect(model.requests).toHaveLength(1);
  }, 60_000);

  it('and that a person has ended, is recorded as suppressed and never seen by the customer (P12)', async () => {
    const { begins, answers, admin, timelineOf, sees, id: teamId } = await aTurnTeam(world);
    const slow = held(saying('Too late.'));
    model.follows(slow.manner);
    const chat = await begins('Hi');
    await wakeTurns(world.deps, { teamId, conversationId: chat.id, epoch: 1 });
    await model.gets(1);
    value(await takeOver(world.deps, admin, chat.id, {}, aKey()));
    slow.release();
    await waitFor(async () => (await timelineOf(chat.id)).some(({ kind }) => kind === 'ai_reply_suppressed'), 'the late answer is recorded');
    await waitFor(async () => (await world.deps.client.workflow.getHandle(aiTurnWorkflowId(chat.id)).describe()).status.name === 'COMPLETED', 'the turn is over');
    expect(await answers(chat.id)).toEqual([]);
    expect((await sees(chat.id)).messages).toHaveLength(1);
    expect((await timelineOf(chat.id)).filter(({ kind }) => kind === 'ai_reply_suppressed')).toMatchObject([{ data: { why: 'paused' } }]);
  });

  it.each([
    ['fails', [failing(400)]],
    ['hands over', [calling(['escalate', { reason: 'Asked for a person' }]), saying('Bye from the robot.')]],
  ] as const)('and that a person has answered and resolved meanwhile, reopens nothing when its agent %s', async (_what, [first, ...others]) => {
    const { begins, admin, timelineOf, sees, id: teamId } = await aTurnTeam(world, { policy: { onEscalate: 'pause', holdingMessage: 'Please wait for a colleague.' } });
    const slow = held(first);
    model.follows(slow.manner, ...others);
    const chat = await begins('Hi');
    await wakeTurns(world.deps, { teamId, conversationId: chat.id, epoch: 1 });
    await model.gets(1);
    const taken = value(await takeOver(world.deps, admin, chat.id, {}, aKey()));
    value(await reply(world.deps, admin, taken.id, { text: 'It comes on Friday.', force: true }, aKey()));
    value(await setStatus(world.deps, admin, taken.id, { status: 'resolved' }, aKey()));
    await waitFor(async () => (await sees(chat.id)).ai.state === 'replying', 'the agent may speak again');
    slow.release();
    await waitFor(async () => (await world.deps.client.workflow.getHandle(aiTurnWorkflowId(chat.id)).describe()).status.name === 'COMPLETED', 'the turn is over');
    expect(value(await ticket(world.deps, admin, taken.id)).status).toBe('resolved');
    expect((await sees(chat.id)).messages.map(({ text }) => text)).toEqual(['Hi', 'It comes on Friday.']);
    expect((await timelineOf(chat.id)).filter(({ kind }) => kind === 'escalated')).toEqual([]);
  });
});
