import { z } from 'zod';
import type { ActorView } from '#workflows/contract/views.ts';
import { BATON } from '#workflows/domain/actor.ts';
import type { Actor } from '#workflows/domain/actor.ts';
import type { Db } from '../client.ts';

/** Turns recorded actors into what people read, with the names as they are now; who is gone keeps the id. */
export type NameActor = (actor: Actor) => ActorView;

/** Looks up the names of all these actors of one team, one query for each kind that occurs. */
export async function actorNames(db: Db, teamId: string, actors: readonly Actor[]): Promise<NameActor> {
  const where = (kind: Actor['kind']) => {
    const ids = actors.flatMap((actor) => (actor.kind === kind && actor.kind !== 'baton' ? [actor.id] : []));
    return ids.length === 0 ? null : { teamId, id: { in: [...new Set(ids)] } };
  };
  const select = { id: true, name: true };
  const [operators, agents, requesters, keys] = [where('operator'), where('agent'), where('requester'), where('key')];
  const found = await Promise.all([
    operators === null ? [] : db.operator.findMany({ where: operators, select }),
    agents === null ? [] : db.agent.findMany({ where: agents, select }),
    requesters === null ? [] : db.requester.findMany({ where: requesters, select }),
    keys === null ? [] : db.apiKey.findMany({ where: keys, select }),
  ]);
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
