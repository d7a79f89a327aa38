import { z } from 'zod';
import { addPerson } from '#api/people/add-person.ts';
import { createKey } from '#api/keys/keys.ts';
import { createSchedule } from '#api/schedules/schedules.ts';
import type { Principal } from '#api/principal.ts';
import { createTeam } from '#api/team/team.ts';
import { value } from '#tests/support/team.ts';
import { businessHours } from '#workflows/contract/schedule.ts';
import type { slaPolicyInput } from '#workflows/contract/sla.ts';
import { HOUR_MS, MINUTE_MS } from '#workflows/domain/instant.ts';
import { type Schedule, WEEKDAYS } from '#workflows/domain/schedule.ts';
import { ask, type Credentials } from './http-client.ts';
import type { Installation } from './installation.ts';

/** A team with business hours whose admin edits its SLA policies. */
export interface EditTeam {
  readonly teamId: string;
  readonly admin: Credentials;
  readonly hours: Schedule;
}

type Policies = readonly z.input<typeof slaPolicyInput>[];

/** Open nearly always, so that at any hour of the day tickets born a second apart are due a second apart. */
const HOURS = businessHours.parse({
  zone: 'Europe/Berlin',
  weekly: Object.fromEntries(WEEKDAYS.map((day) => [day, [['00:00', '11:00'], ['11:30', '23:45']]])),
});

/** Nothing is due during a run: a clock that was told to be breached no longer follows an edit. */
export const BEFORE: Policies = [
  { name: 'VIP', conditions: { tags: ['vip'] }, targets: { firstReply: { ms: 50 * HOUR_MS, hours: 'calendar' }, resolution: { ms: 200 * HOUR_MS, hours: 'calendar' } } },
  { name: 'Everybody', targets: { firstReply: { ms: 40 * HOUR_MS }, resolution: { ms: 90 * HOUR_MS } } },
];
export const AFTER: Policies = [
  { name: 'Very important', conditions: { tags: ['vip'] }, targets: { firstReply: { ms: 11 * HOUR_MS, warnPercent: 50 }, resolution: { ms: 60 * HOUR_MS, hours: 'calendar' } } },
  { name: 'The rest', targets: { firstReply: { ms: 25 * HOUR_MS + 7 * MINUTE_MS, pausesOn: ['on_hold'] }, resolution: { ms: 77 * HOUR_MS, warnPercent: 33 } } },
];

export async function anEditTeam({ deps }: Installation): Promise<EditTeam> {
  const team = value(await createTeam(deps, { slug: 'edited', name: 'Edited' }));
  const ada = value(await addPerson(deps, team.id, { email: 'ada@edited.test', name: 'Ada', role: 'admin' }));
  const admin: Principal = { kind: 'operator', teamId: team.id, operatorId: ada.id, name: 'Ada', role: 'admin' };
  value(await createSchedule(deps, admin, { name: 'Nearly always', schedule: HOURS }));
  const key = value(await createKey(deps, admin, { name: 'ada', role: 'admin' }));
  return { teamId: team.id, admin: { authorization: `Bearer ${key.key}` }, hours: HOURS };
}

/** Replaces the team's SLA policies over HTTP; `version` is the one that was read. */
export async function edit(httpUrl: string, { admin }: EditTeam, { policies, version }: { policies: Policies; version: number }): Promise<void> {
  const answer = await ask(httpUrl, { ...admin, 'if-match': `"${version}"` }, { method: 'PUT', path: '/sla', body: { policies } });
  if (!answer.isDone) throw new Error(`the edit was refused: ${answer.code}`);
}

const born = z.object({ id: z.string() });

/** A ticket as customers make them, every third with a life of its own: answered, waiting for others, or back from there. */
export async function bear(httpUrl: string, { admin }: EditTeam, i: number): Promise<string> {
  const does = async (path: string, body: unknown) => {
    const answer = await ask(httpUrl, admin, { method: 'POST', path, body });
    if (!answer.isDone) throw new Error(`POST ${path} was refused: ${answer.code}`);
    return answer.body;
  };
  const tags = i % 5 === 0 ? ['vip'] : [];
  const { id } = born.parse(await does('/tickets', { subject: `Order ${i}`, text: 'Where is it?', requester: { email: `customer${i}@edited.test` }, tags }));
  const moves: readonly (readonly [path: string, body: unknown])[] = LIVES[i % LIVES.length] ?? [];
  for (const [path, body] of moves) await does(`/tickets/${id}/${path}`, body);
  return id;
}

const LIVES = [
  [],
  [['reply', { text: 'On its way.' }]],
  [],
  [],
  [['status', { status: 'on_hold' }]],
  [],
  [],
  [['status', { status: 'on_hold' }], ['status', { status: 'on_you' }]],
  [],
] as const;
