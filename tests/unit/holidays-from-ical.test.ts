import { describe, expect, it } from '@jest/globals';
import { holidaysFromIcal } from '#api/time/holidays-from-ical.ts';
import { addBusinessTime, businessTimeBetween } from '#workflows/domain/clock.ts';
import type { Holiday } from '#workflows/domain/schedule.ts';
import { scheduleProblems } from '#workflows/domain/schedule-problems.ts';
import { processorMs } from '../support/processor-time.ts';

const NOW = Date.parse('2026-11-23T09:00:00Z');
const INTO = { zone: 'Europe/Berlin', now: NOW };

const anEvent = (...lines: string[]) => ['BEGIN:VEVENT', `UID:${lines.join('')}`, 'DTSTAMP:20260101T000000Z', ...lines, 'END:VEVENT'].join('\r\n');
const aCalendar = (...events: string[]) => ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Somebody//Holidays//EN', ...events, 'END:VCALENDAR', ''].join('\r\n');

const imported = (text: string): readonly Holiday[] => {
  const result = holidaysFromIcal(text, INTO);
  if (!result.ok) throw new Error(result.detail);
  const weekly = { mon: [['09:00', '17:00'] as const] };
  expect(scheduleProblems({ zone: INTO.zone, weekly, holidays: result.value })).toEqual([]);
  return result.value;
};
const refusal = (text: string) => {
  const result = holidaysFromIcal(text, INTO);
  return result.ok ? 'taken' : result.errors?.map(({ path, message }) => `${path} ${message}`).join();
};
const dates = (text: string) => imported(text).map(({ date }) => date);

describe('a calendar of holidays', () => {
  it('closes the days of its all-day events', () => {
    expect(imported(aCalendar(anEvent('DTSTART;VALUE=DATE:20261003', 'DTEND;VALUE=DATE:20261004', 'SUMMARY:Tag der Deutschen Einheit', 'TRANSP:TRANSPARENT')))).toEqual([
      { date: '2026-10-03', name: 'Tag der Deutschen Einheit' },
    ]);
  });

  it('closes each day of a longer one, and one day where no end is given', () => {
    expect(dates(aCalendar(anEvent('DTSTART;VALUE=DATE:20261230', 'DTEND;VALUE=DATE:20270102')))).toEqual(['2026-12-30', '2026-12-31', '2027-01-01']);
    expect(dates(aCalendar(anEvent('DTSTART;VALUE=DATE:20261230', 'DURATION:P2D')))).toEqual(['2026-12-30', '2026-12-31']);
    expect(dates(aCalendar(anEvent('DTSTART;VALUE=DATE:20261230')))).toEqual(['2026-12-30']);
  });

  it('makes yearly what comes on its date every year', () => {
    const christmas = anEvent('DTSTART;VALUE=DATE:20191225', 'DTEND;VALUE=DATE:20191227', 'RRULE:FREQ=YEARLY', 'SUMMARY:Christmas');
    const labour = anEvent('DTSTART;VALUE=DATE:19700501', 'RRULE:FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=1', 'SUMMARY:Labour Day');
    const leap = anEvent('DTSTART;VALUE=DATE:20240229', 'RRULE:FREQ=YEARLY', 'SUMMARY:Leap Day');
    expect(imported(aCalendar(christmas, labour, leap))).toEqual([
      { date: '02-29', yearly: true, name: 'Leap Day' },
      { date: '05-01', yearly: true, name: 'Labour Day' },
      { date: '12-25', yearly: true, name: 'Christmas' },
      { date: '12-26', yearly: true, name: 'Christmas' },
    ]);
  });

  it('writes out what moves, from last year to ten years ahead', () => {
    const thanksgiving = dates(aCalendar(anEvent('DTSTART;VALUE=DATE:19711125', 'RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH')));
    expect(thanksgiving).toHaveLength(12);
    expect(thanksgiving.slice(0, 3)).toEqual(['2025-11-27', '2026-11-26', '2027-11-25']);
    const memorial = dates(aCalendar(anEvent('DTSTART;VALUE=DATE:20200525', 'RRULE:FREQ=YEARLY;BYMONTH=5;BYDAY=-1MO;UNTIL=20271231')));
    expect(memorial).toEqual(['2025-05-26', '2026-05-25', '2027-05-31']);
    const election = dates(aCalendar(anEvent('DTSTART;VALUE=DATE:20241105', 'RRULE:FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8')));
    expect(election).toEqual(['2028-11-07', '2032-11-02', '2036-11-04']);
    const twentieth = dates(aCalendar(anEvent('DTSTART;VALUE=DATE:19970519', 'RRULE:FREQ=YEARLY;BYDAY=20MO;UNTIL=20270101')));
    expect(twentieth).toEqual(['2025-05-19', '2026-05-18']);
  });

  it('writes out what comes a number of times, or with exceptions, and leaves out dates that do not exist', () => {
    expect(dates(aCalendar(anEvent('DTSTART;VALUE=DATE:20250608', 'RRULE:FREQ=YEARLY;COUNT=3')))).toEqual(['2025-06-08', '2026-06-08', '2027-06-08']);
    expect(dates(aCalendar(anEvent('DTSTART;VALUE=DATE:20250608', 'RRULE:FREQ=YEARLY;UNTIL=20280101', 'EXDATE;VALUE=DATE:20260608', 'RDATE;VALUE=DATE:20260609')))).toEqual(['2025-06-08', '2026-06-09', '2027-06-08']);
    expect(dates(aCalendar(anEvent('DTSTART;VALUE=DATE:20240229', 'RRULE:FREQ=YEARLY;COUNT=3')))).toEqual(['2028-02-29', '2032-02-29']);
    expect(dates(aCalendar(anEvent('DTSTART;VALUE=DATE:20260228', 'RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30')))).toEqual(['2026-02-28']);
  });

  it('counts the day on which a rule starts as its first, also where the rule would give another', () => {
    expect(dates(aCalendar(anEvent('DTSTART;VALUE=DATE:20260102', 'RRULE:FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=1;COUNT=3')))).toEqual(['2026-01-02', '2027-01-01', '2028-01-01']);
  });

  it('follows a rule in the zone of its event, and moves each time into the schedule’s', () => {
    const inNewYork = (start: string, rule: string) => imported(aCalendar(anEvent(`DTSTART;TZID=America/New_York:${start}`, 'DURATION:PT2H', `RRULE:FREQ=YEARLY;${rule}`)));
    // Eight in the evening of New Year’s Day is the small hours of the second in Berlin.
    expect(inNewYork('20250101T200000', 'BYMONTH=1;BYMONTHDAY=1')).toEqual([{ date: '01-02', yearly: true, closed: [['02:00', '04:00']] }]);
    expect(inNewYork('20250101T200000', 'BYMONTH=1;BYMONTHDAY=1;COUNT=2').map(({ date }) => date)).toEqual(['2025-01-02', '2026-01-02']);
    expect(inNewYork('20251127T200000', 'BYMONTH=11;BYDAY=4TH').slice(0, 3)).toEqual(['2025-11-28', '2026-11-27', '2027-11-26'].map((date) => ({ date, closed: [['02:00', '04:00']] })));
    // America changes its clocks before Europe: the 10th of March is five or six hours away, by the year.
    expect(inNewYork('20230310T080000', 'COUNT=6')).toEqual([
      { date: '2025-03-10', closed: [['13:00', '15:00']] },
      { date: '2026-03-10', closed: [['13:00', '15:00']] },
      { date: '2027-03-10', closed: [['14:00', '16:00']] },
      { date: '2028-03-10', closed: [['14:00', '16:00']] },
    ]);
    const everyYear = inNewYork('20230310T080000', 'BYMONTH=3');
    expect(everyYear).toHaveLength(12);
    expect(everyYear[2]).toEqual({ date: '2027-03-10', closed: [['14:00', '16:00']] });
    expect(inNewYork('20240229T200000', 'BYMONTH=2').map(({ date }) => date)).toEqual(['2028-03-01', '2032-03-01', '2036-03-01']);
  });

  it('leaves out and adds times in whatever zone they are told', () => {
    const series = ['DTSTART;TZID=America/New_York:20260101T200000', 'DURATION:PT1H', 'RRULE:FREQ=YEARLY;COUNT=3'];
    expect(dates(aCalendar(anEvent(...series, 'EXDATE:20270102T010000Z', 'RDATE;TZID=America/New_York:20260601T200000')))).toEqual(['2026-01-02', '2026-06-02', '2028-01-02']);
    const moved = ['BEGIN:VEVENT', 'UID:late', 'RECURRENCE-ID:20270102T010000Z', 'DTSTART:20270105T100000Z', 'DURATION:PT1H', 'END:VEVENT'].join('\r\n');
    expect(dates(aCalendar(['BEGIN:VEVENT', 'UID:late', ...series, 'END:VEVENT'].join('\r\n'), moved))).toEqual(['2026-01-02', '2027-01-05', '2028-01-02']);
  });

  it('ends a rule at the instant that it names', () => {
    const until = (instant: string) => dates(aCalendar(anEvent('DTSTART;TZID=Europe/Berlin:20260101T090000', 'DURATION:PT1H', `RRULE:FREQ=YEARLY;UNTIL=${instant}`)));
    expect(until('20270101T000000Z')).toEqual(['2026-01-01']);
    expect(until('20270101T080000Z')).toEqual(['2026-01-01', '2027-01-01']);
    expect(until('20270101')).toEqual(['2026-01-01', '2027-01-01']);
    expect(until('20261231T235959')).toEqual(['2026-01-01']);
    expect(until('99991231T235959Z')).toHaveLength(1);
  });

  it('follows an occurrence that was moved, and drops what was cancelled', () => {
    const series = ['BEGIN:VEVENT', 'UID:outing', 'DTSTART;VALUE=DATE:20260701', 'RRULE:FREQ=YEARLY;COUNT=2', 'END:VEVENT'].join('\r\n');
    const moved = ['BEGIN:VEVENT', 'UID:outing', 'RECURRENCE-ID;VALUE=DATE:20270701', 'DTSTART;VALUE=DATE:20270705', 'END:VEVENT'].join('\r\n');
    expect(dates(aCalendar(series, moved, anEvent('DTSTART;VALUE=DATE:20260801', 'STATUS:CANCELLED')))).toEqual(['2026-07-01', '2027-07-05']);
  });

  it('cuts the hours of a timed event, told in the schedule’s zone', () => {
    const eve = anEvent('DTSTART;TZID=Europe/Berlin:20261224T120000', 'DTEND;TZID=Europe/Berlin:20261224T180000', 'RRULE:FREQ=YEARLY', 'SUMMARY:Christmas Eve');
    const utc = anEvent('DTSTART:20260701T100000Z', 'DTEND:20260701T113000Z');
    const newYork = anEvent('DTSTART;TZID=America/New_York:20261201T060000', 'DURATION:PT2H');
    const floating = anEvent('DTSTART:20261202T060000', 'DTEND:20261202T070030');
    expect(imported(aCalendar(eve, utc, newYork, floating))).toEqual([
      { date: '12-24', yearly: true, closed: [['12:00', '18:00']], name: 'Christmas Eve' },
      { date: '2026-07-01', closed: [['12:00', '13:30']] },
      { date: '2026-12-01', closed: [['12:00', '14:00']] },
      { date: '2026-12-02', closed: [['06:00', '07:01']] },
    ]);
  });

  it('cuts a timed event over several days out of each of them, nights included', () => {
    const text = aCalendar(anEvent('DTSTART:20261201T120000', 'DTEND:20261204T100000'));
    expect(imported(text)).toEqual([
      { date: '2026-12-01', closed: [['12:00', '12:00'], ['23:59', '23:59']] },
      { date: '2026-12-02' },
      { date: '2026-12-03', closed: [['00:00', '00:00'], ['23:59', '10:00']] },
      { date: '2026-12-04', closed: [['00:00', '10:00']] },
    ]);
    // Around the clock: open until noon of the first day, and again from ten on the fourth.
    const day = [['00:00', '24:00'] as const];
    const schedule = { zone: 'Europe/Berlin', weekly: { mon: day, tue: day, wed: day, thu: day, fri: day }, holidays: imported(text) };
    const noon = Date.parse('2026-12-01T12:00:00+01:00');
    expect(businessTimeBetween(noon, Date.parse('2026-12-04T10:00:00+01:00'), schedule)).toBe(0);
    expect(addBusinessTime(noon, 1, schedule)).toBe(Date.parse('2026-12-04T10:00:00+01:00') + 1);
    expect(dates(aCalendar(anEvent('DTSTART:20261201T120000', 'DTEND:20261201T120000')))).toEqual([]);
  });

  it('makes one holiday of several on one day', () => {
    const all = anEvent('DTSTART;VALUE=DATE:20261225', 'SUMMARY:Christmas');
    const some = anEvent('DTSTART:20261225T090000', 'DTEND:20261225T100000', 'SUMMARY:Mass');
    const more = anEvent('DTSTART:20261226T090000', 'DTEND:20261226T100000', 'SUMMARY:Mass');
    const yearly = anEvent('DTSTART;VALUE=DATE:20201226', 'RRULE:FREQ=YEARLY', 'SUMMARY:Boxing Day');
    expect(imported(aCalendar(all, some, more, yearly))).toEqual([
      { date: '12-26', yearly: true, name: 'Boxing Day' },
      { date: '2026-12-25', name: 'Christmas, Mass' },
      { date: '2026-12-26', name: 'Mass, Boxing Day' },
    ]);
  });

  it('takes folded lines, bare line feeds and an empty calendar', () => {
    expect(imported(aCalendar(anEvent('DTSTART;VALUE=DATE:20261225', 'SUMMARY:Christ\r\n mas\\, at home')).replaceAll('\r\n', '\n'))).toEqual([{ date: '2026-12-25', name: 'Christmas, at home' }]);
    expect(dates(aCalendar())).toEqual([]);
  });
});

describe('what is no calendar of holidays', () => {
  const day = 'DTSTART;VALUE=DATE:20261225';
  it.each([
    ['nothing', '', 'must be an iCalendar file'],
    ['a web page', '<!doctype html><p>Sign in</p>', 'must be an iCalendar file'],
    ['half a file', 'BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n', 'must be an iCalendar file'],
    ['an address book', 'BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Jane\r\nEND:VCARD\r\n', 'must be an iCalendar file'],
    ['50 MB', 'x'.repeat(50_000_000), 'at most 1 MiB'],
    ['a million nested components', 'BEGIN:VEVENT\r\n'.repeat(70_000), 'must be an iCalendar file'],
    ['2,000 events', aCalendar(...Array.from({ length: 2_000 }, () => 'BEGIN:VEVENT\r\nEND:VEVENT')), 'at most 1000 events; this one has 2000'],
    ['a rule of seconds', aCalendar(anEvent(day, 'RRULE:FREQ=SECONDLY', 'SUMMARY:Bomb')), 'Bomb repeats SECONDLY'],
    ['a rule of weeks', aCalendar(anEvent(day, 'RRULE:FREQ=WEEKLY;BYDAY=MO')), 'repeats WEEKLY: only YEARLY'],
    ['a rule by the hour', aCalendar(anEvent(day, 'RRULE:FREQ=YEARLY;BYHOUR=1,2,3')), 'repeats by BYHOUR'],
    ['two rules', aCalendar(anEvent(day, 'RRULE:FREQ=YEARLY', 'RRULE:FREQ=YEARLY;BYMONTH=3')), 'more than one RRULE'],
    ['every day of every year', aCalendar(anEvent(day, 'RRULE:FREQ=YEARLY;BYMONTH=1,2,3,4,5,6,7,8,9,10,11,12;BYDAY=MO,TU,WE,TH,FR,SA,SU', 'SUMMARY:Idle')), 'makes more than 1000 holidays, among them those of the event Idle'],
    ['four years at once', aCalendar(anEvent(day, 'DTEND;VALUE=DATE:20301225')), 'lasts more than 366 days'],
    ['a rule that does not parse', aCalendar(anEvent(day, 'RRULE:FREQ=YEARLY;BYMONTH=13')), 'BYMONTH'],
    ['an event that ends before it starts', aCalendar(anEvent(day, 'DTEND;VALUE=DATE:20261224')), 'ends before it starts'],
    ['an event without a start', aCalendar(anEvent('SUMMARY:Someday')), 'Someday has no DTSTART'],
    ['a zone that nobody knows', aCalendar(anEvent('DTSTART;TZID=Middle-earth/Shire:20261225T090000', 'DTEND;TZID=Middle-earth/Shire:20261225T100000')), 'TZID Middle-earth/Shire must be an IANA time zone'],
    ['the 30th of February', aCalendar(anEvent('DTSTART;VALUE=DATE:20260230')), 'DTSTART of an event must be a date that exists'],
    ['the year 9999', aCalendar(anEvent('DTSTART;VALUE=DATE:99990101')), 'from 1900 to 2199'],
    ['40,000 dates at once', aCalendar(anEvent(day, `RDATE;VALUE=DATE:${Array.from({ length: 40_000 }, () => '20261225').join(',')}`)), 'more than 1000 dates in RDATE'],
    ['a date in words', aCalendar(anEvent('DTSTART:Christmas')), 'body.ical'],
  ])('is refused with its reason: %s', (_what, text, reason) => {
    expect(refusal(text)).toContain(reason);
    expect(refusal(text)).toMatch(/^body\.ical /);
  });

  it('is refused soon, however large the rules', () => {
    const never = anEvent('DTSTART;VALUE=DATE:19000228', 'RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=9999');
    const calendar = aCalendar(...Array.from({ length: 1_000 }, () => never));
    expect(processorMs(() => expect(dates(calendar)).toEqual([]))).toBeLessThan(5_000);
  });
});
