import { zoneName } from '#workflows/contract/people-time.ts';
import { WEEKDAYS } from '#workflows/domain/schedule.ts';
import { refuse, refuseField } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';
import { textOf, textsOf } from '../desk.server.ts';
import { unknownIntent } from '../outcome.server.ts';
import type { Command } from '../outcome.server.ts';

/** What the pages about people and their time can ask for, by intent. */
export async function peopleCommand(command: Command): Promise<Result<unknown>> {
  const { desk, form, intent } = command;
  const text = (name: string) => textOf(form, name).trim();
  const version = Number(text('version'));
  switch (intent) {
    case 'people-shifts':
      return desk.putShifts(text('id'), { shifts: shiftsIn(form) }, version);
    case 'people-time-off':
      return desk.putTimeOff(text('id'), { timeOff: timeOffIn(form) }, version);
    case 'people-routing':
      return changePerson(command, version);
    case 'group-new':
      return desk.createGroup({ key: text('groupKey') || keyFrom(text('name')), name: text('name'), members: textsOf(form, 'member') });
    case 'group-change':
      return desk.changeGroup(text('groupKey'), { name: text('name'), members: textsOf(form, 'member') });
    case 'group-delete':
      return desk.deleteGroup(text('groupKey'));
    default:
      return unknownIntent(command);
  }
}

async function changePerson({ desk, form }: Command, version: number): Promise<Result<unknown>> {
  const id = textOf(form, 'id');
  const cap = textOf(form, 'cap').trim();
  if (!/^\d*$/.test(cap)) return refuse('invalid', 'body.cap: must be a whole number', { errors: [{ path: 'body.cap', message: 'must be a whole number of tickets, or empty for no cap' }] });
  // Before anything is stored: after half of it the form would hold a version that is none any more.
  const zone = zoneName.safeParse(textOf(form, 'zone').trim());
  if (!zone.success) return refuseField('body.zone', zone.error.issues[0]?.message ?? 'must be an IANA time zone');
  const put = await desk.putOperatorRouting(id, { cap: cap === '' ? null : Number(cap), skills: words(form, 'skills'), languages: words(form, 'languages') }, version);
  if (!put.ok) return put;
  return desk.changeOperator(id, { zone: zone.data });
}

function words(form: FormData, name: string): string[] {
  return textOf(form, name).split(/[\s,;]+/).filter((word) => word !== '');
}

function shiftsIn(form: FormData) {
  const [starts, ends, zones] = ['start', 'end', 'zone'].map((name) => textsOf(form, name));
  return textsOf(form, 'weekday').map((weekday, at) => ({
    weekday: WEEKDAYS.find((one) => one === weekday) ?? 'mon',
    start: starts?.[at] ?? '',
    end: ends?.[at] ?? '',
    zone: zones?.[at]?.trim() ?? '',
  }));
}

function timeOffIn(form: FormData) {
  const [untils, notes] = ['to', 'note'].map((name) => textsOf(form, name));
  return textsOf(form, 'from').map((from, at) => {
    const note = notes?.[at]?.trim() ?? '';
    return { from, to: untils?.[at] ?? '', ...(note !== '' && { note }) };
  });
}

function keyFrom(name: string): string {
  return name.toLowerCase().normalize('NFD').replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-+|-+$/g, '').slice(0, 64);
}
