import { hostname } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTicket } from '#api/tickets/create-ticket.ts';
import { note } from '#api/tickets/note.ts';
import { releaseDeadWorkers } from '#switchboard/release-dead-workers.ts';
import { startSweepers } from '#switchboard/sweepers.ts';
import { aKey, aTeam } from '#tests/api/ticket-world.ts';
import { aKillableWorker } from '#tests/support/a-killable-worker.ts';
import { value } from '#tests/support/team.ts';
import { waitFor } from '#tests/support/wait-for.ts';
import { sweeperWorkflowId, ticketWorkflowId } from '#workflows/contract/workflow-ids.ts';

describe('a worker that is killed while people work', () => {
  let installation: Awaited<ReturnType<typeof aKillableWorker>>;
  beforeAll(async () => {
    installation = await aKillableWorker();
  }, 120_000);
  afterAll(() => installation.close());

  const eventsOf = async (workflowId: string) => (await installation.deps.client.workflow.getHandle(workflowId).fetchHistory()).events ?? [];

  it('lets go of its tickets as soon as anything starts again, so that nobody’s command waits for it', async () => {
    const { deps } = installation;
    const { id, admin } = await aTeam(installation);
    const known = new Set<string>();
    const first = installation.start();
    const ticket = value(await createTicket(deps, admin, { requester: { email: 'casey@example.com' }, subject: 'Kettle', text: 'Hello' }, aKey()));
    await startSweepers(deps, known);
    expect(known).toEqual(new Set([id]));
    // Whose memory it is in, a history tells from the second task on.
    await waitFor(async () => (await eventsOf(sweeperWorkflowId(id))).filter((event) => event.workflowTaskCompletedEventAttributes).length > 1, 'the sweeper has slept', { withinMs: 60_000 });
    const released = () => releaseDeadWorkers({ ...deps, log: { debug: () => undefined } });
    expect(await released()).toEqual([]);
    // Nothing of it is due by itself any more: what is offered below is the command.
    await waitFor(async () => {
      const events = await eventsOf(ticketWorkflowId(ticket.id));
      return events.some((event) => event.activityTaskCompletedEventAttributes) && events.at(-1)?.workflowTaskCompletedEventAttributes;
    }, 'the ticket sleeps', { withinMs: 60_000 });

    first.kill();
    await first.ended;
    expect(await released()).toEqual([`${first.pid}@${hostname()}`]);
    // As each does at its start, by itself: by then the server has noticed that the dead one asks for nothing any more.
    const second = installation.start();
    const isOfSecond = (event: { workflowTaskCompletedEventAttributes?: { identity?: string | null } | null }) => event.workflowTaskCompletedEventAttributes?.identity?.startsWith(`${second.pid}@`);
    await waitFor(async () => (await eventsOf(sweeperWorkflowId(id))).some(isOfSecond), 'the second works', { withinMs: 60_000 });
    value(await note(deps, admin, ticket.id, { text: 'Called her.' }, aKey()));
    const offers = (await eventsOf(ticketWorkflowId(ticket.id))).filter((event) => event.workflowTaskTimedOutEventAttributes);
    expect(offers).toEqual([]);
  }, 180_000);
});
