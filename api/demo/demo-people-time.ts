import { DAY_MS } from '#workflows/domain/instant.ts';
import { WEEKDAYS } from '#workflows/domain/schedule.ts';
import { createGroup } from '../people/groups.ts';
import { changeOperator } from '../people/operators.ts';
import { operatorRouting, putOperatorRouting, putShifts, putTimeOff, shifts, timeOff } from '../people/people-time.ts';
import { done } from './demo-stage.ts';
import type { DemoDeps, Stage } from './demo-stage.ts';

type People = Stage['people'];
type Shifts = Parameters<typeof putShifts>[3]['shifts'];

// Mia and Samir have no shifts: at any hour of any day somebody can be online and show what the demo shows.
const DAYS_IN_BERLIN: Shifts = WEEKDAYS.slice(0, 5).map((weekday) => ({ weekday, start: '08:30', end: '16:30', zone: 'Europe/Berlin' }));
const DAYS_AND_A_NIGHT_IN_TOKYO: Shifts = [
  ...WEEKDAYS.slice(0, 4).map((weekday) => ({ weekday, start: '10:00', end: '19:00', zone: 'Asia/Tokyo' })),
  { weekday: 'fri', start: '22:00', end: '06:00', zone: 'Asia/Tokyo' },
];

const ROUTING = {
  mia: { cap: null, skills: ['billing', 'complaints'], languages: ['en', 'sv'] },
  jonas: { cap: 8, skills: ['billing', 'returns'], languages: ['de', 'en'] },
  aiko: { cap: 6, skills: ['delivery'], languages: ['ja', 'en'] },
  samir: { cap: 10, skills: ['delivery', 'returns'], languages: ['en', 'fr', 'ar'] },
} as const;

/** Zones, shifts, time off, skills and groups of the demo's people, entered by Mia; again changes nothing. */
export async function giveThemTime(deps: DemoDeps, people: People): Promise<void> {
  const { mia, jonas, aiko, samir } = people;
  for (const [person, zone] of [[jonas, 'Europe/Berlin'], [aiko, 'Asia/Tokyo']] as const) done(await changeOperator(deps, mia, person.operatorId, { zone }));
  for (const [person, list] of [[jonas, DAYS_IN_BERLIN], [aiko, DAYS_AND_A_NIGHT_IN_TOKYO]] as const) {
    done(await putShifts(deps, mia, person.operatorId, { shifts: list }, done(await shifts(deps, mia, person.operatorId)).version));
  }
  const leave = { from: dateAfter(deps.now(), 8), to: dateAfter(deps.now(), 9), note: 'Moving house' };
  done(await putTimeOff(deps, jonas, 'me', { timeOff: [leave] }, done(await timeOff(deps, jonas, 'me')).version));
  for (const [who, person] of Object.entries(people)) {
    const given = Object.entries(ROUTING).find(([name]) => name === who)?.[1];
    if (given === undefined) continue;
    const to = { cap: given.cap, skills: [...given.skills], languages: [...given.languages] };
    done(await putOperatorRouting(deps, mia, person.operatorId, to, done(await operatorRouting(deps, mia, person.operatorId)).version));
  }
  await group(deps, mia, { key: 'billing', name: 'Billing', members: [mia.operatorId, jonas.operatorId] });
  await group(deps, mia, { key: 'logistics', name: 'Logistics', members: [aiko.operatorId, samir.operatorId] });
}

async function group(deps: DemoDeps, mia: People['mia'], input: Parameters<typeof createGroup>[2]): Promise<void> {
  const made = await createGroup(deps, mia, input);
  if (!made.ok && made.code !== 'exists') done(made);
}

function dateAfter(at: number, days: number): string {
  return new Date(at + days * DAY_MS).toISOString().slice(0, 10);
}
