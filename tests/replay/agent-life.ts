import { renewSecret } from '#store/webhooks/secrets.ts';
import { wakeTurns } from '#switchboard/ai-turns.ts';
import { aReceiver, answering, type Manner } from '#tests/support/a-receiver.ts';
import type { TestDesk } from '#tests/support/desk.ts';
import { skipTimeOf } from '#tests/support/skip-time.ts';
import { waitFor } from '#tests/support/wait-for.ts';
import { aiTurnWorkflowId } from '#workflows/contract/workflow-ids.ts';
import { BATON } from '#workflows/domain/actor.ts';
import { MINUTE_MS } from '#workflows/domain/instant.ts';
import { type Place, say, Ticket } from '../workflows/a-life.ts';

const saying = (text: string): Manner => (response) => void response.writeHead(200).end(JSON.stringify({ text }));

/** A burst, a failure and its second try, an answer that was promised and did not come, a takeover in mid-turn, and the conversation given back. */
export async function turnsOfAnAgent(desk: TestDesk, place: Place & { mia: { kind: 'operator'; id: string } }): Promise<readonly string[]> {
  const { prisma, deps } = desk;
  const { teamId, conversationId, agentId, mia } = place;
  if (agentId === null) throw new Error('the place has no agent');
  const receiver = await aReceiver(saying('Yes.'));
  await prisma.agent.update({ where: { id: agentId }, data: { kind: 'webhook' } });
  await prisma.agentSetup.create({ data: { agentId, teamId, url: receiver.url, hasSecret: true, changedBy: { ...BATON }, changedAt: new Date() } });
  await renewSecret(prisma, deps.secretBox, { teamId, id: agentId });
  const workflowId = aiTurnWorkflowId(conversationId);
  const ended = () => waitFor(async () => (await deps.client.workflow.getHandle(workflowId).describe()).status.name === 'COMPLETED', 'the turns have ended');
  const answers = (count: number) => waitFor(async () => (await prisma.message.count({ where: { conversationId, author: 'agent' } })) >= count, `${count} answers`);

  await say(desk, place, 'Hello');
  await say(desk, place, 'Are you there?');
  await answers(1);
  await ended();

  receiver.behaves((response, one) => {
    receiver.behaves(saying('At the second try.'));
    answering(500)(response, one);
  });
  await say(desk, place, 'Again?');
  await answers(2);
  await ended();

  receiver.behaves(answering(202));
  await say(desk, place, 'Later?');
  await receiver.gets(4);
  await skipTimeOf(deps.client, workflowId, 3 * MINUTE_MS);
  await waitFor(async () => (await prisma.conversation.findUniqueOrThrow({ where: { id: conversationId } })).openTicketId !== null, 'a person has it');
  await ended();

  receiver.behaves(() => undefined);
  const { ticketId } = await say(desk, place, 'Now?');
  const ticket = new Ticket(desk, place, ticketId ?? '');
  await receiver.gets(5);
  await ticket.does({ kind: 'take_over', by: mia, force: false });
  await ended();
  receiver.behaves(saying('I am back.'));
  await ticket.does({ kind: 'resume_ai', by: mia });
  await answers(3);
  await wakeTurns(deps, { teamId, conversationId, epoch: 1 });
  await ended();
  await receiver.close();
  return [workflowId];
}
