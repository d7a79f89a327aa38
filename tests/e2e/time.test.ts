import type { Browser } from 'playwright-core';
import { createSchedule, schedules } from '#api/schedules/schedules.ts';
import { policy } from '#api/policies/policy.ts';
import { putPolicy } from '#api/policies/put-policy.ts';
import { DAY_MS } from '#workflows/domain/instant.ts';
import { WEEKDAYS } from '#workflows/domain/schedule.ts';
import { weekdayOf } from '#workflows/domain/day-plan.ts';
import { value } from '#tests/support/team.ts';
import { aBrowser, aSeatOf, open } from './browser.ts';
import type { Seat } from './browser.ts';
import { anInboxWorld, PASSWORD } from './inbox-world.ts';
import type { InboxWorld } from './inbox-world.ts';
import { shoot, snap } from './shoot.ts';

let world: InboxWorld;
let browser: Browser;
let ada: Seat;
let noah: Seat;

beforeAll(async () => {
  [world, browser] = await Promise.all([anInboxWorld(), aBrowser()]);
  const signIn = (email: string) => aSeatOf(browser, { url: world.url, email, password: PASSWORD });
  [ada, noah] = await Promise.all([signIn('ada@desk.test'), signIn('noah@desk.test')]);
}, 240_000);
afterAll(async () => {
  expect([...ada.complaints, ...noah.complaints]).toEqual([]);
  await browser?.close();
  await world?.close();
}, 60_000);

const CALENDAR = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'BEGIN:VEVENT', 'UID:new-year', 'SUMMARY:New Year', 'DTSTART;VALUE=DATE:20200101', 'RRULE:FREQ=YEARLY', 'END:VEVENT', 'END:VCALENDAR'].join('\r\n');

/** Three days ahead, so that now is outside a shift of that day in every zone. */
function aDayAhead() {
  const day = Math.floor(Date.now() / DAY_MS) + 3;
  return { date: new Date(day * DAY_MS).toISOString().slice(0, 10), weekday: WEEKDAYS[weekdayOf(day)] ?? 'mon' };
}

describe('the hours of a team (P30)', () => {
  it('are drawn up with a night, a holiday and a calendar file, and answer what if before and after they are saved', async () => {
    const { page } = ada;
    await open(page, `${world.url}/settings/schedules/new`);
    await page.getByLabel('Name', { exact: true }).fill('Desk');
    await page.getByLabel('Time zone').fill('Europe/Berlin');
    const friday = page.getByRole('group', { name: 'Friday' });
    await friday.getByRole('button', { name: 'Add hours on Friday' }).click();
    await friday.getByLabel('Friday 2 from').fill('22:00');
    await friday.getByLabel('Friday 2 until').fill('06:00');
    await friday.getByText('until Saturday').waitFor();
    await page.getByRole('button', { name: 'Add holiday' }).click();
    await page.getByLabel('Date').fill('2027-01-06');
    await page.getByRole('textbox', { name: 'Name' }).last().fill('Epiphany');
    await page.getByRole('button', { name: 'Done' }).click();
    await page.getByLabel('Calendar file').setInputFiles({ name: 'holidays.ics', mimeType: 'text/calendar', buffer: Buffer.from(CALENDAR) });
    await page.getByText('1 added. Save to keep them.').waitFor();
    await page.getByText('New Year').waitFor();

    // The 1st of January 2027 is a Friday: neither its day nor its night counts, and the next Wednesday is the holiday.
    await page.getByLabel('From', { exact: true }).fill('2027-01-01T09:00');
    const asks = async () => {
      await page.getByRole('button', { name: 'Ask' }).click();
      return page.getByRole('status').filter({ hasText: 'Europe/Berlin' }).filter({ hasText: /Due|Open for/ }).innerText();
    };
    expect(await asks()).toMatch(/^Due Monday.*2027.*Europe\/Berlin$/);
    await page.getByLabel('Question').selectOption({ label: 'How long is it open?' });
    await page.getByLabel('Until', { exact: true }).fill('2027-01-09T09:00');
    expect(await asks()).toBe('Open for 40 h 0 min Europe/Berlin');
    await page.getByLabel('Until', { exact: true }).fill('2026-12-31T09:00');
    await page.getByRole('button', { name: 'Ask' }).click();
    await page.getByText('must not be before from').waitFor();
    await shoot(page, 'schedule');

    await page.getByRole('button', { name: 'Create schedule' }).click();
    await page.waitForURL(/\/settings\/schedules\/sch_/);
    await open(page, page.url());
    expect(await page.getByLabel('Friday 2 until').inputValue()).toBe('06:00');
    await page.getByText('Epiphany').waitFor();
    await page.getByText('Every year', { exact: true }).waitFor();
  }, 60_000);

  it('go only once it is said which take their place, where something counts by them', async () => {
    const { page } = ada;
    const [desk] = value(await schedules(world.deps, world.admin));
    const nights = value(await createSchedule(world.deps, world.admin, { name: 'Nights', schedule: { zone: 'UTC', weekly: { mon: [['22:00', '06:00']] } } }));
    const { version } = value(await policy(world.deps, world.admin, 'team'));
    value(await putPolicy(world.deps, world.admin, 'team', { overrides: { scheduleId: desk?.id ?? null } }, version));
    await open(page, `${world.url}/settings/schedules`);
    await page.getByRole('button', { name: 'Delete Desk' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete', exact: true }).click();
    const asks = page.getByRole('alertdialog', { name: 'What takes the place of “Desk”?' });
    await asks.getByText('“Desk” is the team’s default and the business hours of the default policy.', { exact: false }).waitFor();
    await shoot(page, 'schedule-replace');
    await asks.getByRole('button', { name: 'Replace and delete' }).click();
    await page.getByText('Schedule replaced and deleted', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Delete Desk' }).waitFor({ state: 'detached' });
    expect(value(await policy(world.deps, world.admin, 'team'))).toMatchObject({ version: version + 2, overrides: { scheduleId: nights.id } });
  }, 60_000);
});

describe('people’s time (P27)', () => {
  const edits = async (what: 'Shifts' | 'Time off') => {
    await ada.page.getByRole('button', { name: 'Edit Noah Sand' }).click();
    await ada.page.getByRole('menuitem', { name: what }).click();
    return ada.page.getByRole('dialog');
  };

  it('is planned by an admin, and who is outside their shift sees it in the shell at once, with its reason (P26)', async () => {
    const { date, weekday } = aDayAhead();
    await noah.page.getByText(/Off: outside your shift/).waitFor({ state: 'detached' });
    await open(ada.page, `${world.url}/settings/shifts?week=${date}`);
    const dialog = await edits('Shifts');
    await dialog.getByRole('button', { name: 'Add shift' }).click();
    await dialog.getByLabel('Day of shift 1').selectOption(weekday);
    await dialog.getByLabel('Zone of shift 1').fill('UTC');
    await snap(ada.page, 'shifts-dialog');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await ada.page.getByText('Shifts saved', { exact: true }).waitFor();
    await ada.page.getByRole('img', { name: /^Noah Sand: \w+ 09:00–17:00 UTC$/ }).waitFor();
    await ada.page.getByRole('listitem').filter({ hasText: 'Noah Sand' }).getByText(/Off: outside their shift until/).waitFor();
    await noah.page.getByText(/Off: outside your shift until .* UTC/).first().waitFor();
    await shoot(noah.page, 'own-presence');
  }, 60_000);

  it('says which shifts time off takes: when it is saved, in both dialogs and in the week of everyone', async () => {
    const { date } = aDayAhead();
    await open(ada.page, `${world.url}/settings/shifts?week=${date}`);
    const dialog = await edits('Time off');
    await dialog.getByRole('button', { name: 'Add time off' }).click();
    await dialog.getByLabel('First day 1').fill(date);
    await dialog.getByLabel('Last day 1').fill(date);
    await dialog.getByLabel('Note 1').fill('Dentist');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await ada.page.getByText('Saved. 1 shift falls into time off, which wins.', { exact: true }).waitFor();
    await ada.page.getByRole('img', { name: new RegExp(`^Noah Sand: .*; time off ${date} to ${date}$`) }).waitFor();
    await shoot(ada.page, 'week');
    await (await edits('Time off')).getByText(/^Takes 1 shift: .* 09:00–17:00$/).waitFor();
    await shoot(ada.page, 'time-off-dialog');
    await ada.page.keyboard.press('Escape');
    await (await edits('Shifts')).getByText(/^Time off .* takes 1 shift: .* 09:00–17:00$/).waitFor();
    await shoot(ada.page, 'shifts-dialog-taken');
    await ada.page.keyboard.press('Escape');
  }, 60_000);

  it('keeps all of what was typed about a person, and stores none of it, while their zone is mistyped', async () => {
    const { page } = ada;
    await open(page, `${world.url}/settings/people`);
    await page.getByRole('button', { name: 'Edit Noah Sand' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Skills').fill('billing');
    await dialog.getByLabel('Zone').fill('Europe/Bärlin');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText('must be an IANA time zone like Europe/Berlin').waitFor();
    const stored = () => world.deps.prisma.operator.findFirstOrThrow({ where: { name: 'Noah Sand' } });
    expect((await stored()).skills).toEqual([]);
    await dialog.getByLabel('Zone').fill('Europe/Lisbon');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(await stored()).toMatchObject({ skills: ['billing'], zone: 'Europe/Lisbon' });
  }, 60_000);
});
