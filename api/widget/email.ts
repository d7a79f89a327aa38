import { addAddresses } from '#prisma/store/requesters.ts';
import { announce } from '#prisma/store/team-events.ts';
import { emailInput } from '#workflows/contract/widget-api.ts';
import { ok, refuse } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';
import type { AppDeps } from '../app-deps.ts';
import { parseInput } from '../parse-input.ts';
import type { Visit } from './visit.ts';

const MOST_ADDRESSES = 5;

/** Where an answer reaches them later. What somebody types proves nothing about who they are (P43): it is kept unverified, and of several the one that they named last counts. */
export async function leaveEmail({ prisma, now }: Pick<AppDeps, 'prisma' | 'now'>, visit: Visit, input: unknown): Promise<Result<null>> {
  const parsed = parseInput(emailInput, input);
  if (!parsed.ok) return parsed;
  const { requesterId, conversationId, widget: { teamId } } = visit;
  if (requesterId === null) return refuse('not_found', 'There is no conversation yet: write a message first.');
  return prisma.$transaction(async (db): Promise<Result<null>> => {
    await db.$queryRaw`SELECT 1 FROM requesters WHERE id = ${requesterId} AND team_id = ${teamId} FOR UPDATE`;
    const known = await db.requesterAddress.count({ where: { teamId, requesterId, kind: 'email', value: { not: parsed.value.email } } });
    if (known >= MOST_ADDRESSES) return refuse('in_use', `At most ${MOST_ADDRESSES} addresses are kept of one person.`);
    await addAddresses(db, { teamId, requesterId, addresses: [{ kind: 'email', value: parsed.value.email, verified: false }] });
    // Who comes back to one that they had named before means that one now.
    await db.requesterAddress.updateMany({ where: { teamId, requesterId, kind: 'email', value: parsed.value.email }, data: { createdAt: new Date(now()) } });
    await announce(db, teamId, { events: [{ kind: 'conversation', conversationId }] });
    return ok(null);
  });
}
