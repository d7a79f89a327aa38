import { Temporal } from 'temporal-polyfill';
import { addBusinessTime, businessTimeBetween } from '#workflows/domain/clock.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#workflows/domain/instant.ts';
import type { Instant } from '#workflows/domain/instant.ts';
import type { Holiday, Schedule } from '#workflows/domain/schedule.ts';
import { line, ms, percentile } from './measure.ts';

// The clock on one core, beside one bare conversion of a local time to an instant by the library that it stands on.
const FROM = Date.UTC(2026, 10, 23, 9);
const ROUNDS = 5;
const TEN_YEARS_OPEN = 10 * 52 * 40 * HOUR_MS;

const DAY = [['09:00', '17:00']] as const;
const weekly = { mon: DAY, tue: DAY, wed: DAY, thu: DAY, fri: DAY };
const FEW: readonly Holiday[] = ['01-01', '05-01', '10-03', '12-25', '12-26'].map((date) => ({ date, yearly: true }));
const A_YEAR: readonly Holiday[] = Array.from({ length: 365 }, (_, i) => ({ date: new Date(Date.UTC(2027, 0, 1 + i)).toISOString().slice(0, 10), closed: [['12:00', '13:00']] }));
const office = (holidays: readonly Holiday[]): Schedule => ({ zone: 'Europe/Berlin', weekly, holidays });

/** Microseconds a call: the best of some rounds, because others use this machine too. */
function microseconds(calls: number, call: (index: number) => unknown): number {
  let best = Infinity;
  for (let round = 0; round < ROUNDS; round += 1) {
    const start = performance.now();
    for (let index = 0; index < calls; index += 1) call(index);
    best = Math.min(best, ((performance.now() - start) * 1_000) / calls);
  }
  return best;
}

const begin = (index: number): Instant => FROM + ((index * 7_919) % (365 * 24 * 60)) * MINUTE_MS;
const few = office(FEW);
const manyHolidays = office(A_YEAR);

const bare = microseconds(20_000, (index) =>
  Temporal.PlainDateTime.from({ year: 2026, month: 1 + (index % 12), day: 1 + (index % 28), hour: 9 }).toZonedDateTime('Europe/Berlin').epochMilliseconds,
);
const CASES: readonly [what: string, us: number, limit?: string][] = [
  ['8 h ahead', microseconds(200_000, (index) => addBusinessTime(begin(index), 8 * HOUR_MS, few)), '50,000 a second'],
  ['8 h ahead, a year of holidays', microseconds(200_000, (index) => addBusinessTime(begin(index), 8 * HOUR_MS, manyHolidays))],
  ['10 years ahead', microseconds(20_000, (index) => addBusinessTime(begin(index), TEN_YEARS_OPEN, few)), 'under 1 ms'],
  ['10 years ahead, a year of holidays', microseconds(20_000, (index) => addBusinessTime(begin(index), TEN_YEARS_OPEN, manyHolidays)), 'no more'],
  ['10 years ahead, a schedule never seen before', microseconds(200, (index) => addBusinessTime(begin(index), TEN_YEARS_OPEN, office(FEW))), 'under 1 ms'],
  ['open time of 10 years', microseconds(20_000, (index) => businessTimeBetween(begin(index), begin(index) + 3_653 * DAY_MS, few))],
];
const ZONES = ['America/New_York', 'Asia/Kathmandu', 'Australia/Sydney', 'America/Santiago', 'Africa/Casablanca', 'Europe/London', 'Asia/Tokyo', 'Pacific/Auckland'];
const firstAsked = ZONES.map((zone) => {
  const start = performance.now();
  addBusinessTime(FROM, 8 * HOUR_MS, { ...few, zone });
  return performance.now() - start;
});

line('one bare zone conversion (Temporal)', `${bare.toFixed(2)} µs`);
for (const [what, us, limit] of CASES) {
  line(what, `${us.toFixed(2)} µs`, limit);
  line('  a second', Math.round(1_000_000 / us).toLocaleString('en'));
  line('  ratio to the bare conversion', (us / bare).toFixed(2));
}
line('the first question in a zone, once a process: p50', ms(percentile(firstAsked, 50)));
line('  worst', ms(percentile(firstAsked, 100)));
