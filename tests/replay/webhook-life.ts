import { newId } from '#store/new-id.ts';
import { insertEndpoint } from '#store/webhooks/endpoints.ts';
import { queueWebhooks } from '#store/webhooks/queue.ts';
import { renewSecret } from '#store/webhooks/secrets.ts';
import { wakeDrain } from '#switchboard/webhook-drains.ts';
import { answering, aReceiver, taking } from '#tests/support/a-receiver.ts';
import type { TestDesk } from '#tests/support/desk.ts';
import { waitFor } from '#tests/support/wait-for.ts';
import { webhookDrainWorkflowId } from '#workflows/contract/workflow-ids.ts';
import { BATON } from '#workflows/domain/actor.ts';

/** A receiver that refuses, is owed more meanwhile, is asked again ahead of time and takes all; later it is told once more. */
export async function webhookRefusedThenTaken({ prisma, deps }: TestDesk, { teamId, conversationId }: { teamId: string; conversationId: string }): Promise<readonly string[]> {
  const receiver = await aReceiver(answering(500));
  const at = new Date();
  const { id: endpointId } = await insertEndpoint(prisma, { teamId, url: receiver.url, description: '', events: [], by: BATON, at });
  await renewSecret(prisma, deps.secretBox, { teamId, id: endpointId });
  const stream = { teamId, endpointId, streamId: conversationId };
  const owe = () => {
    const messageId = newId('message');
    const data = { conversationId, ticketId: null, number: null, messageId, author: 'customer', authorId: null, channel: 'api', automatic: false, text: 'Hello' } as const;
    return queueWebhooks(prisma, { teamId, streamId: conversationId, events: [{ source: messageId, event: { type: 'message.created', data }, happenedAt: at.getTime() }] });
  };
  const owed = () => prisma.webhookDelivery.count({ where: { endpointId, state: 'pending' } });
  const ended = () => deps.client.workflow.getHandle(webhookDrainWorkflowId(stream)).describe().then(({ status }) => status.name === 'COMPLETED');
  await owe();
  await waitFor(() => prisma.webhookDelivery.count({ where: { endpointId, attempts: 1 } }), 'it was refused');
  await owe();
  receiver.behaves(taking);
  await prisma.webhookDelivery.updateMany({ where: { endpointId }, data: { nextTryAt: at } });
  await wakeDrain(deps, stream, { isDue: true });
  await waitFor(async () => (await owed()) === 0 && (await ended()), 'all was taken');
  await owe();
  await waitFor(async () => (await owed()) === 0 && (await ended()), 'one more was taken');
  await receiver.close();
  return [webhookDrainWorkflowId(stream)];
}
