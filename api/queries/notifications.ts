import type { z } from 'zod';
import { actorNames, parseActor } from '#prisma/store/actor-names.ts';
import { listNotifications } from '#prisma/store/notifications.ts';
import { plainPaging } from '#workflows/contract/queries.ts';
import type { Page, notificationView } from '#workflows/contract/views.ts';
import { ok } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';
import { parseInput } from '../parse-input.ts';
import type { Principal } from '../principal.ts';
import { refuseUnlessPerson } from '../require-person.ts';
import type { TicketDeps } from '../ticket-deps.ts';
import { pageOfRows, readCursor } from './cursor.ts';
import { iso } from './instants.ts';

/** A person's own list (P60), newest first; a key has none. */
export async function notifications(
  { prisma }: Pick<TicketDeps, 'prisma'>,
  principal: Principal,
  query: z.input<typeof plainPaging>,
): Promise<Result<Page<z.infer<typeof notificationView>>>> {
  const person = refuseUnlessPerson(principal);
  if (!person.ok) return person;
  const { teamId, operatorId } = person.value;
  const parsed = parseInput(plainPaging, query, 'query');
  if (!parsed.ok) return parsed;
  const after = readCursor(parsed.value.cursor);
  if (!after.ok) return after;
  const rows = await listNotifications(prisma, { teamId, operatorId, after: after.value, limit: parsed.value.limit + 1 });
  const nameOf = await actorNames(prisma, teamId, rows.map(({ actor }) => parseActor(actor)));
  return ok(
    pageOfRows(rows, parsed.value.limit, {
      view: (row) => ({
        id: row.id,
        kind: row.kind,
        actor: nameOf(parseActor(row.actor)),
        ticket: row.ticket_id === null || row.number === null ? null : { id: row.ticket_id, number: row.number, subject: row.subject ?? '' },
        webhook: row.webhook_id === null ? null : { id: row.webhook_id, url: row.url ?? '' },
        at: iso(row.at),
        isRead: row.read_at !== null,
      }),
      keyset: ({ at, id }) => ({ at, id }),
    }),
  );
}
