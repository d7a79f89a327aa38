import { createAgent } from '#api/agents/agents.ts';
import { createAddress } from '#api/agents/addresses.ts';
import { createKeyring } from '#api/keys/keyring.ts';
import { putPolicy } from '#api/policies/put-policy.ts';
import type { Principal } from '#api/principal.ts';
import type { TicketDeps } from '#api/ticket-deps.ts';
import type { WebhookDeps } from '#api/webhooks/webhook-deps.ts';
import { createTeam } from '#api/team/team.ts';
import { insertOperator, insertUser } from '#prisma/store/people.ts';
import { newId, randomBase62 } from '#prisma/store/new-id.ts';
import { handOver } from '#switchboard/hand-over.ts';
import { CHANNELS } from '#workflows/domain/channel.ts';
import type { PolicyOverrides, Role } from '#workflows/contract/settings.ts';
import { aDesk, type DeskWishes, type TestDesk } from '#tests/support/desk.ts';
import { limitsOf } from '#tests/support/no-limits.ts';
import { storedMessage } from '#tests/support/stored-message.ts';
import { value } from '#tests/support/team.ts';

/** The use cases of tickets over a real database, a real Temporal server and the real worker. */
export interface TicketWorld {
  readonly desk: TestDesk;
  readonly deps: TicketDeps & WebhookDeps;
  close(): Promise<void>;
}

export async function aTicketWorld(wishes: DeskWishes = {}): Promise<TicketWorld> {
  const desk = await aDesk(wishes);
  const now = () => Date.now();
  const deps: TicketWorld['deps'] = { ...desk.deps, keyring: createKeyring({ prisma: desk.prisma, now }), now, publicUrl: 'http://localhost:4000', llmModel: desk.deps.llm?.model ?? null, limits: limitsOf(desk.prisma) };
  return { desk, deps, close: () => desk.close() };
}

export type Person = Extract<Principal, { kind: 'operator' }>;

/** A team with an admin, a mail address and ways to add people and agents. */
export async function aTeam({ deps }: Pick<TicketWorld, 'deps'>) {
  const { prisma } = deps;
  const slug = `team-${randomBase62(10).toLowerCase()}`;
  const team = value(await createTeam(deps, { slug, name: 'Acme' }));
  const person = async (name: string, role: Role = 'operator'): Promise<Person> => {
    const email = `${randomBase62(8).toLowerCase()}@${slug}.example`;
    const userId = await insertUser(prisma, { email, name, passwordHash: null });
    const row = await insertOperator(prisma, { teamId: team.id, userId, email, name, role });
    return { kind: 'operator', teamId: team.id, operatorId: row.id, name, role };
  };
  const admin = await person('Ada', 'admin');
  const address = value(await createAddress(deps, admin, { address: `support@${slug}.example`, fromName: 'Acme' }));
  const agent = async (overrides: PolicyOverrides = {}) => {
    const made = value(await createAgent(deps, admin, { name: 'Robin' }));
    value(await putPolicy(deps, admin, made.id, { overrides: { helpDesk: true, ...overrides } }, 1));
    const principal: Principal = { kind: 'agent', teamId: team.id, keyId: newId('key'), agentId: made.id };
    return { id: made.id, principal };
  };
  return { id: team.id, slug, admin, person, agent, address };
}

let keys = 0;
/** A fresh idempotency key. */
export const aKey = (): string => `key-${(keys += 1)}`;

/** The customer of a mail conversation writes: as intake stores it, and hands it over. */
export async function customerWrites({ deps }: Pick<TicketWorld, 'deps'>, conversationId: string, text: string): Promise<void> {
  const { teamId, requesterId, channel } = await deps.prisma.conversation.findUniqueOrThrow({ where: { id: conversationId } });
  const messageId = await storedMessage(deps.prisma, { teamId, conversationId, requesterId, channel: CHANNELS.find((one) => one === channel) ?? 'email' }, { text });
  value(await handOver(deps, { teamId, messageId }));
}
