import { z } from 'zod';
import type { ActorView } from '#workflows/contract/views.ts';
import { BATON } from '#workflows/domain/actor.ts';
import type { Actor } from '#workflows/domain/actor.ts';
import { Prisma } from '../generated/client.ts';
import type { SqlDb } from '../transaction.ts';

/** Turns recorded actors into what people read, with the names as they are now; who is gone keeps the id. */
export type NameActor = (actor: Actor) => ActorView;

const KINDS = [
  { kind: 'operator', table: Prisma.sql`operators` },
  { kind: 'agent', table: Prisma.sql`agents` },
  { kind: 'requester', table: Prisma.sql`requesters` },
  { kind: 'key', table: Prisma.sql`api_keys` },
] as const;

/** Looks up the names of all these actors of one team, one query for each kind that occurs. */
export async function actorNames(db: SqlDb, teamId: string, actors: readonly Actor[]): Promise<NameActor> {
  const found = await Promise.all(
    KINDS.map(async ({ kind, table }) => {
      const ids = [...new Set(actors.flatMap((actor) => (actor.kind === kind ? [actor.id] : [])))];
      if (ids.length === 0) return [];
      return db.$queryRaw<{ id: string; name: string }[]>`SELECT id, name FROM ${table} WHERE team_id = ${teamId} AND id = ANY(${ids}::text[])`;
    }),
  );
  const names = new Map(found.flat().map(({ id, name }) => [id, name]));
  return (actor) =>
    actor.kind === 'baton' ? { kind: 'baton', id: null, name: 'Baton' } : { kind: actor.kind, id: actor.id, name: names.get(actor.id) ?? actor.id };
}

const id = z.string();
const storedActor = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('operator'), id }),
  z.object({ kind: z.literal('agent'), id }),
  z.object({ kind: z.literal('requester'), id }),
  z.object({ kind: z.literal('key'), id }),
  z.object({ kind: z.literal('baton') }),
]);

/** The actor of a stored row; what this version does not know was Baton itself. */
export function parseActor(stored: unknown): Actor {
  const parsed = storedActor.safeParse(stored);
  return parsed.success ? parsed.data : BATON;
}
