import type { z } from 'zod';
import { findRequester, findRequesters, listRequesters as listStored } from '#prisma/store/requesters.ts';
import type { RequesterWithAddresses } from '#prisma/store/requesters.ts';
import { listRequesters as listQuery } from '#workflows/contract/queries.ts';
import type { Page, requesterView } from '#workflows/contract/views.ts';
import { ok, refuse } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';
import { isId } from '../is-id.ts';
import { parseInput } from '../parse-input.ts';
import type { Principal } from '../principal.ts';
import { refuseUnlessReader } from '../require-role.ts';
import type { TicketDeps } from '../ticket-deps.ts';
import { pageOfRows, readCursor } from './cursor.ts';
import { iso } from './instants.ts';

export type RequesterView = z.infer<typeof requesterView>;

type Deps = Pick<TicketDeps, 'prisma'>;

/** The team's customers, newest first; `q` is a part of a name or the beginning of an address, `email` a whole one that is verified. */
export async function listRequesters({ prisma }: Deps, principal: Principal, query: z.input<typeof listQuery>): Promise<Result<Page<RequesterView>>> {
  const refused = refuseUnlessReader(principal);
  if (refused) return refused;
  const parsed = parseInput(listQuery, query, 'query');
  if (!parsed.ok) return parsed;
  const { limit, cursor, q, email } = parsed.value;
  const after = readCursor(cursor);
  if (!after.ok) return after;
  const rows = await listStored(prisma, { teamId: principal.teamId, search: q?.replaceAll('\u0000', ''), email, after: after.value, limit: limit + 1 });
  return ok(pageOfRows(rows, limit, { view: toRequesterView, keyset: ({ createdAt, id }) => ({ at: createdAt, id }) }));
}

/** Those of the team's customers that are named; whoever is gone is left out. */
export async function requestersNamed({ prisma }: Deps, principal: Principal, ids: readonly string[]): Promise<Result<RequesterView[]>> {
  const refused = refuseUnlessReader(principal);
  return refused ?? ok((await findRequesters(prisma, principal.teamId, ids)).map(toRequesterView));
}

/** One customer with their addresses. */
export async function getRequester({ prisma }: Deps, principal: Principal, requesterId: string): Promise<Result<RequesterView>> {
  const refused = refuseUnlessReader(principal);
  if (refused) return refused;
  const found = isId('requester', requesterId) ? await findRequester(prisma, principal.teamId, requesterId) : null;
  return found === null ? NO_SUCH_REQUESTER : ok(toRequesterView(found));
}

export const NO_SUCH_REQUESTER = refuse('not_found', 'There is no such requester.');

/** Who says which language it is. */
export function languageSourceOf(stored: string | null): RequesterView['languageSource'] {
  return stored === 'detected' || stored === 'manual' ? stored : null;
}

/** A customer as people see them. */
export function toRequesterView({ id, name, language, languageSource, zone, createdAt, addresses }: RequesterWithAddresses): RequesterView {
  return { id, name, language, languageSource: languageSourceOf(languageSource), zone, createdAt: iso(createdAt), addresses: addresses.map(({ kind, value, verified }) => ({ kind, value, verified })) };
}
