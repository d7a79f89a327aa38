import { shiftSchedule } from '#workflows/contract/schedule.ts';
import { putSla } from '#workflows/contract/sla-views.ts';
import { whatIfSla as question } from '#workflows/contract/what-if-sla.ts';
import type { Result } from '#workflows/domain/errors.ts';
import { textOf, textsOf } from '../desk.server.ts';
import type { Command } from '../outcome.server.ts';
import { checkedFromPage, fromPage, instantIn, jsonIn } from './from-page.server.ts';

/** The page of SLA policies as one new version; what is wrong is said at its field. */
export async function putSlaCommand({ desk, form }: Command): Promise<Result<unknown>> {
  const given = checkedFromPage(putSla, { policies: jsonIn(textOf(form, 'policies')) }, 'body');
  return given.ok ? desk.putSla(given.value, Number(textOf(form, 'version'))) : given;
}

/** What the clocks of a told ticket would say: what happened when is local in the schedule's zone. */
export async function whatIfSla({ desk, form }: Command): Promise<Result<unknown>> {
  const schedule = fromPage(shiftSchedule, textOf(form, 'schedule'), 'body.schedule');
  if (!schedule.ok) return schedule;
  const { zone } = schedule.value;
  const whats = textsOf(form, 'what');
  const asked = {
    schedule: schedule.value,
    targets: jsonIn(textOf(form, 'targets')),
    events: textsOf(form, 'when').map((when, at) => ({ at: instantIn(zone, when), what: whats[at] })),
    at: instantIn(zone, textOf(form, 'at')),
  };
  const checked = checkedFromPage(question, asked, 'body');
  if (!checked.ok) return checked;
  const { events, at, ...rest } = checked.value;
  return desk.whatIfSla({ ...rest, events: events.map((event) => ({ ...event, at: new Date(event.at).toISOString() })), at: new Date(at).toISOString() });
}
