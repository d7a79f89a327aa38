import type { SqlDb } from '../transaction.ts';

/** A command that a ticket is given, until what it decided is written down. */
export interface CommandUnderWay {
  readonly teamId: string;
  readonly ticketId: string;
  /** The command's. */
  readonly id: string;
}

/**
 * Notes that a ticket is being given a command, so that somebody looks after it where this process dies before it has written the
 * answer down. It waits for no disk: a server that crashes forgets it, and the ticket itself looks later (decision 091).
 */
export async function noteCommand(db: SqlDb, { teamId, ticketId, id }: CommandUnderWay): Promise<void> {
  await db.$executeRaw`
    WITH lazily AS MATERIALIZED (SELECT set_config('synchronous_commit', 'off', true) AS set)
    INSERT INTO commands_under_way (ticket_id, id, team_id) SELECT ${ticketId}, ${id}, ${teamId} FROM lazily WHERE lazily.set = 'off'
    ON CONFLICT (ticket_id, id) DO UPDATE SET given_at = now()`;
}

/** What it decided is written down, or it decided nothing. */
export async function forgetCommand(db: SqlDb, { ticketId, id }: Pick<CommandUnderWay, 'ticketId' | 'id'>): Promise<void> {
  await db.$executeRaw`
    WITH lazily AS MATERIALIZED (SELECT set_config('synchronous_commit', 'off', true) AS set)
    DELETE FROM commands_under_way USING lazily WHERE ticket_id = ${ticketId} AND id = ${id} AND lazily.set = 'off'`;
}

/** Tickets of the team with a command since before `before` that nobody has seen to its end. */
export async function commandsLeft(db: SqlDb, { teamId, before, limit }: { teamId: string; before: Date; limit: number }): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT ticket_id AS id FROM commands_under_way WHERE team_id = ${teamId} AND given_at < ${before} GROUP BY ticket_id ORDER BY min(given_at) LIMIT ${limit}::int`;
  return rows.map(({ id }) => id);
}

/** Whatever was given to the ticket up to then has come to it, and is written down. */
export async function forgetCommandsUntil(db: SqlDb, { teamId, ticketId, until }: { teamId: string; ticketId: string; until: Date }): Promise<void> {
  await db.$executeRaw`DELETE FROM commands_under_way WHERE team_id = ${teamId} AND ticket_id = ${ticketId} AND given_at <= ${until}`;
}
