import { isOvernight, painted, rangesOf } from '#web/settings/week-ranges.ts';
import type { Interval } from '#web/settings/week-ranges.ts';
import { weekWords } from '#web/settings/week-words.ts';

const at = (from: number, until: number) => ({ from: from * 60, until: until * 60 });
const DAY: Interval[] = [['09:00', '17:00']];

describe('painting a day', () => {
  it.each([
    ['opens a closed day', [], at(9, 17), true, DAY],
    ['joins what touches', DAY, at(17, 18), true, [['09:00', '18:00']]],
    ['opens to the end of the day', DAY, at(17, 24), true, [['09:00', '24:00']]],
    ['cuts a break out', DAY, at(12, 13), false, [['09:00', '12:00'], ['13:00', '17:00']]],
    ['closes a day', DAY, at(0, 24), false, []],
    ['keeps the night that belongs to the day', [['22:00', '06:00']], at(8, 12), true, [['08:00', '12:00'], ['22:00', '06:00']]],
  ] satisfies [string, Interval[], { from: number; until: number }, boolean, Interval[]][])('%s', (_what, before, range, isOpening, after) => {
    expect(painted({ mon: before, thu: DAY }, { days: ['mon'], range, isOpening })).toEqual({ mon: after, thu: DAY });
  });

  it('leaves the night whose evening is closed to the next morning', () => {
    expect(painted({ sun: [['22:00', '06:00']] }, { days: ['sun'], range: at(22, 24), isOpening: false })).toEqual({ sun: [], mon: [['00:00', '06:00']] });
  });

  it('gives the next morning what would last longer than a day', () => {
    expect(painted({ mon: [['22:00', '06:00']] }, { days: ['mon'], range: at(0, 22), isOpening: true })).toEqual({ mon: [['00:00', '24:00']], tue: [['00:00', '06:00']] });
  });

  it('paints several days in one stroke', () => {
    expect(painted({}, { days: ['mon', 'tue'], range: at(9, 17), isOpening: true })).toEqual({ mon: DAY, tue: DAY });
  });

  it('leaves out a time that somebody is still typing', () => {
    expect(rangesOf([['', '17:00'], ['18:00', '19:00']])).toEqual([at(18, 19)]);
  });

  it('says of a night that it ends on another day, and of midnight that it does not', () => {
    expect([isOvernight(['22:00', '06:00']), isOvernight(['09:00', '09:00']), isOvernight(['09:00', '00:00']), isOvernight(['09:00', '24:00'])]).toEqual([true, true, false, false]);
  });
});

it('says a week in few words', () => {
  expect(weekWords({ mon: DAY, tue: DAY, wed: DAY, thu: DAY, sat: [['10:00', '12:00'], ['13:00', '14:00']] })).toBe('Mon–Thu 09:00–17:00, Sat 10:00–12:00 and 13:00–14:00');
  expect(weekWords({})).toBe('Closed but for special days');
});
