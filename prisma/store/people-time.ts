import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { shifts as shiftsSchema, timesOff } from '#workflows/contract/people-time.ts';
import { isZoneName } from '#workflows/domain/schedule-problems.ts';
import type { Db } from '../client.ts';
import type { Operator } from '../generated/client.ts';

export type Shifts = z.infer<typeof shiftsSchema>;
export type TimesOff = z.infer<typeof timesOff>;
type Row = Pick<Operator, 'id' | 'name' | 'zone' | 'cap' | 'skills' | 'languages' | 'shifts' | 'timeOff'>;

/** What is stored of one person's time and of what the router knows of them. */
export interface PersonTimeRow {
  readonly id: string;
  readonly name: string;
  readonly zone: string;
  readonly cap: number | null;
  readonly skills: string[];
  readonly languages: string[];
  readonly shifts: Shifts;
  readonly timeOff: TimesOff;
}

const COLUMNS = { id: true, name: true, zone: true, cap: true, skills: true, languages: true, shifts: true, timeOff: true } as const;

/** The team's enabled people by name. */
export async function listPeopleTime(db: Db, teamId: string): Promise<PersonTimeRow[]> {
  const rows = await db.operator.findMany({ where: { teamId, disabledAt: null }, orderBy: [{ name: 'asc' }, { id: 'asc' }], select: COLUMNS });
  return rows.map(toRow);
}

/** One member of this team, disabled or not; null for another team's. */
export async function findPersonTime(db: Db, teamId: string, operatorId: string): Promise<PersonTimeRow | null> {
  const row = await db.operator.findFirst({ where: { teamId, id: operatorId }, select: COLUMNS });
  return row === null ? null : toRow(row);
}

/** The same, and nobody else changes them until the transaction ends. */
export async function lockPersonTime(db: Db, teamId: string, operatorId: string): Promise<PersonTimeRow | null> {
  await db.$queryRaw`SELECT id FROM operators WHERE team_id = ${teamId} AND id = ${operatorId} FOR NO KEY UPDATE`;
  return findPersonTime(db, teamId, operatorId);
}

/** Changes what is given and leaves the rest; the caller has found the person in the team. */
export async function updatePersonTime(
  db: Db,
  { teamId, operatorId }: { teamId: string; operatorId: string },
  change: { shifts?: Shifts; timeOff?: TimesOff; cap?: number | null; skills?: string[]; languages?: string[] },
): Promise<PersonTimeRow> {
  const { timeOff, ...rest } = change;
  // Prisma's JSON knows no optional keys.
  const plain = timeOff?.map(({ from, to, note }) => ({ from, to, ...(note !== undefined && { note }) }));
  return toRow(await db.operator.update({ where: { id: operatorId, teamId }, data: { ...rest, ...(plain && { timeOff: plain }) }, select: COLUMNS }));
}

/** A number of up to nine digits made of the content: equal content has an equal version, which is all that If-Match asks (RFC 9110, 8.8.3). */
export function contentVersion(content: unknown): number {
  return createHash('sha256').update(JSON.stringify(content)).digest().readUInt32BE() % 1_000_000_000;
}

function toRow({ shifts, timeOff, ...rest }: Row): PersonTimeRow {
  return { ...rest, zone: isZoneName(rest.zone) ? rest.zone : 'UTC', ...timeIn({ shifts, timeOff }) };
}

/** Stored shifts and time off; what this release cannot read is none. */
export function timeIn({ shifts, timeOff }: { shifts: unknown; timeOff: unknown }): { shifts: Shifts; timeOff: TimesOff } {
  return { shifts: shiftsSchema.safeParse(shifts).data ?? [], timeOff: timesOff.safeParse(timeOff).data ?? [] };
}
