import type { CountsView } from '#workflows/contract/views.ts';
import { ok } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';
import type { Principal } from '../principal.ts';
import { refuseUnlessReader } from '../require-role.ts';
import type { TicketDeps } from '../ticket-deps.ts';

/** The rail's counts, kept by whatever changes them: reading costs the same at any number of tickets. */
export async function counts({ prisma }: Pick<TicketDeps, 'prisma'>, principal: Principal): Promise<Result<CountsView>> {
  const refused = refuseUnlessReader(principal);
  if (refused) return refused;
  const { teamId } = principal;
  const who = principal.kind === 'operator' ? principal.operatorId : '';
  const keys = ['active', 'unassigned', 'solved', 'conversations', `inbox:${who}`, `mentions:${who}`, `bell:${who}`];
  const rows = await prisma.counter.findMany({ where: { teamId, key: { in: keys } }, select: { key: true, n: true } });
  const of = (key: string) => Math.max(0, rows.find((row) => row.key === key)?.n ?? 0);
  return ok({
    inbox: of(`inbox:${who}`),
    mentions: of(`mentions:${who}`),
    all: of('active'),
    unassigned: of('unassigned'),
    solved: of('solved'),
    conversations: of('conversations'),
    unreadNotifications: of(`bell:${who}`),
  });
}
