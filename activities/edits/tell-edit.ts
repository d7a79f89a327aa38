import { setTimeout as pause } from 'node:timers/promises';
import { followedBy, openTicketsAfter } from '#store/followed-versions.ts';
import { effectivePoliciesFor } from '#store/policies.ts';
import { tellTicket } from '#switchboard/tickets.ts';
import type { Edit } from '#workflows/contract/activity-types.ts';
import { isNewer } from '#workflows/domain/sla-key.ts';
import type { ActivityDeps } from '../activity-deps.ts';

const PAGE = 100;

/**
 * How an edit makes its way. A signal is taken at once and its ticket's work comes later: whoever sent ten thousand would put
 * each person's command behind ten thousand tickets. So no more of them work at a time than `atOnce`; one that does not write
 * down in `patienceMs` that it follows will do so by itself, and no longer keeps the others waiting.
 */
export interface Pace {
  readonly atOnce: number;
  readonly patienceMs: number;
  readonly lookEveryMs: number;
}

// A page of tickets none of which answers is done within the activity's minute.
const PACE: Pace = { atOnce: 20, patienceMs: 5_000, lookEveryMs: 50 };

/** Tells a page of open tickets which settings are the newest, and sees them follow; those that do already are left alone. */
export async function tellEdit(deps: ActivityDeps, { teamId, after, edit }: { teamId: string; after: string; edit?: Edit }, { atOnce, patienceMs, lookEveryMs }: Pace = PACE): Promise<{ told: number; last: string | null }> {
  const { prisma } = deps;
  // Whoever follows a newer edit of the same settings tells everybody what holds now: two of them would keep twice as many busy.
  if (edit !== undefined && (await prisma.policyVersion.count({ where: { teamId, scope: edit.scope, version: { gt: edit.version } } })) > 0) return { told: 0, last: null };
  const page = await openTicketsAfter(prisma, { teamId, after, most: PAGE });
  const newest = await effectivePoliciesFor(prisma, teamId, page.map(({ agentId }) => agentId));
  const waiting = page.flatMap(({ id, agentId, version }) => {
    const policy = newest.get(agentId);
    return policy === undefined || !isNewer(policy.version, version) ? [] : [{ id, policy }];
  });
  const following = new Map<string, { readonly version: string; readonly until: number }>();
  while (waiting.length > 0 || following.size > 0) {
    const next = waiting.splice(0, atOnce - following.size);
    await Promise.all(next.map(({ id, policy }) => tellTicket(deps, { teamId, ticketId: id }, { id: `policy:${policy.version}`, fact: { kind: 'policy_changed', ...policy } })));
    for (const { id, policy } of next) following.set(id, { version: policy.version, until: performance.now() + patienceMs });
    await pause(lookEveryMs);
    const written = new Map((await followedBy(prisma, teamId, [...following.keys()])).map(({ id, version }) => [id, version]));
    for (const [id, { version, until }] of following) {
      if (performance.now() > until || !isNewer(version, written.get(id) ?? '')) following.delete(id);
    }
  }
  return { told: page.length, last: page.length < PAGE ? null : (page.at(-1)?.id ?? null) };
}
