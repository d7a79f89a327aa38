import type { PrismaClient } from '#prisma/client.ts';
import { newId } from '#store/new-id.ts';
import type { PolicyOverrides } from '#workflows/contract/settings.ts';
import type { Channel } from '#workflows/domain/channel.ts';

export async function aTeam(prisma: PrismaClient): Promise<string> {
  const id = newId('team');
  await prisma.team.create({ data: { id, slug: id.toLowerCase().replace('_', '-').slice(0, 40), name: 'Test' } });
  return id;
}

export async function anOperator(prisma: PrismaClient, teamId: string, name = 'Mia', role = 'operator'): Promise<string> {
  const id = newId('operator');
  await prisma.user.create({ data: { id: `usr_${id}`, name, email: `${id.toLowerCase()}@team.test`, updatedAt: new Date() } });
  await prisma.operator.create({ data: { id, teamId, userId: `usr_${id}`, name, email: `${id.toLowerCase()}@team.test`, role } });
  return id;
}

/** An agent with the help desk on, unless `policy` says otherwise. */
export async function anAgent(prisma: PrismaClient, teamId: string, policy: PolicyOverrides = {}): Promise<string> {
  const id = newId('agent');
  await prisma.agent.create({ data: { id, teamId, name: 'Robin' } });
  await prisma.policyVersion.create({
    data: { teamId, scope: id, version: 1, body: { helpDesk: true, ...policy }, changedBy: { kind: 'baton' } },
  });
  return id;
}

export async function aRequester(prisma: PrismaClient, teamId: string, email = 'carla@customer.test'): Promise<string> {
  const id = newId('requester');
  await prisma.requester.create({ data: { id, teamId, name: 'Carla' } });
  await prisma.requesterAddress.create({ data: { id: newId('address'), teamId, requesterId: id, kind: 'email', value: email, verified: true } });
  return id;
}

export async function aConversation(
  prisma: PrismaClient,
  { teamId, agentId = null, channel = 'api' }: { teamId: string; agentId?: string | null; channel?: Channel },
): Promise<{ id: string; requesterId: string }> {
  const requesterId = await aRequester(prisma, teamId, `${newId('requester').toLowerCase()}@customer.test`);
  const id = newId('conversation');
  await prisma.conversation.create({ data: { id, teamId, agentId, channel, requesterId, subject: 'My order' } });
  return { id, requesterId };
}
