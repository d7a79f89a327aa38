import { z } from 'zod';
import { countKeysOf } from '#store/project.ts';
import { STATUSES } from '#workflows/domain/status.ts';
import { type Invariant } from './facts.ts';

const followed = z.object({ policyVersion: z.string() });

/** The counts are what counting again gives. */
export const countersAreExact: Invariant = async ({ prisma, teamId, tickets, conversations }) => {
  const [counters, bells, mentions] = await Promise.all([
    prisma.counter.findMany({ where: { teamId } }),
    prisma.notification.groupBy({ by: ['operatorId'], where: { teamId, readAt: null }, _count: true }),
    prisma.mention.groupBy({ by: ['operatorId'], where: { teamId, doneAt: null }, _count: true }),
  ]);
  const counted = new Map<string, number>();
  const add = (key: string, by: number) => counted.set(key, (counted.get(key) ?? 0) + by);
  for (const { status, assigneeId, isSnoozed, agentId, state } of tickets) {
    const known = STATUSES.find((one) => one === status);
    if (known !== undefined) for (const key of countKeysOf({ status: known, assigneeId, isSnoozed, agentId, ...followed.parse(state) })) add(key, 1);
  }
  add('conversations', conversations.filter(({ inView }) => inView).length);
  for (const { operatorId, _count } of bells) add(`bell:${operatorId}`, _count);
  for (const { operatorId, _count } of mentions) add(`mentions:${operatorId}`, _count);
  const keys = new Set([...counted.keys(), ...counters.map(({ key }) => key)]);
  return [...keys].flatMap((key) => {
    const kept = counters.find((one) => one.key === key)?.n ?? 0;
    const real = counted.get(key) ?? 0;
    return kept === real ? [] : [`counter ${key} is ${kept}, counted ${real}`];
  });
};
