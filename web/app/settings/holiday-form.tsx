import { INPUT } from '../ui/field.tsx';
import { HoursInput } from './hours-input.tsx';
import type { Interval } from './week-ranges.ts';

/** A holiday as a schedule has it. */
export interface HolidayValue {
  readonly date: string;
  readonly yearly?: true | undefined;
  readonly open?: Interval[] | undefined;
  readonly closed?: Interval[] | undefined;
  readonly name?: string | undefined;
}

const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
const SMALL = `${INPUT} h-8 w-auto!`;

/** One holiday's fields: when it is, whether every year, and what of the day is closed. */
export function HolidayForm({ holiday, onChange, errorAt, thisYear }: { holiday: HolidayValue; onChange: (holiday: HolidayValue) => void; errorAt: (field: string) => string | undefined; thisYear: number }) {
  const { date, yearly, open, closed, name } = holiday;
  const kind = open ? 'open' : closed ? 'closed' : 'whole';
  const named = name === undefined ? {} : { name };
  const dated = { date, ...(yearly && { yearly }) };
  const hours = open ?? closed;
  const error = errorAt('date') ?? errorAt('name') ?? errorAt(kind);
  const monthDay = date.slice(-5);
  const repeats = (isYearly: boolean) => {
    const { date: _date, yearly: _yearly, ...rest } = holiday;
    onChange(isYearly ? { ...rest, date: monthDay, yearly: true } : { ...rest, date: `${thisYear}-${monthDay}` });
  };
  const ofDay = (value: string) => {
    if (value === 'open') onChange({ ...dated, ...named, open: hours ?? [['09:00', '12:00']] });
    else if (value === 'closed') onChange({ ...dated, ...named, closed: hours ?? [['12:00', '18:00']] });
    else onChange({ ...dated, ...named });
  };
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-2">
        <select aria-label="Repeats" value={yearly ? 'yearly' : 'once'} onChange={(event) => repeats(event.currentTarget.value === 'yearly')} className={SMALL}>
          <option value="once">On one day</option>
          <option value="yearly">Every year</option>
        </select>
        {yearly ? (
          <MonthDay value={monthDay} isWrong={errorAt('date') !== undefined} onChange={(value) => onChange({ ...holiday, date: value })} />
        ) : (
          <input type="date" aria-label="Date" value={date} onChange={(event) => onChange({ ...holiday, date: event.currentTarget.value })} {...(errorAt('date') && { 'aria-invalid': true })} className={SMALL} />
        )}
        <input
          aria-label="Name"
          placeholder="Name"
          value={name ?? ''}
          maxLength={200}
          onChange={(event) => {
            const { name: _, ...rest } = holiday;
            onChange(event.currentTarget.value === '' ? rest : { ...rest, name: event.currentTarget.value });
          }}
          {...(errorAt('name') && { 'aria-invalid': true })}
          className={`${INPUT} h-8 min-w-40 flex-1`}
        />
      </div>
      <div className="flex flex-wrap items-start gap-2">
        <select aria-label="Hours of the day" value={kind} onChange={(event) => ofDay(event.currentTarget.value)} {...(errorAt(kind) && { 'aria-invalid': true })} className={SMALL}>
          <option value="whole">Closed all day</option>
          <option value="open">Open only at</option>
          <option value="closed">Closed at</option>
        </select>
        {hours && (
          <HoursInput
            of="Holiday"
            intervals={hours}
            onChange={(next) => onChange(open ? { ...holiday, open: next } : { ...holiday, closed: next })}
            empty="No hours yet"
            nextDay="next day"
            errorAt={(path) => errorAt(`${kind}.${path}`)}
          />
        )}
      </div>
      {error && <p className="text-sm text-danger">{error}</p>}
    </div>
  );
}

function MonthDay({ value, isWrong, onChange }: { value: string; isWrong: boolean; onChange: (value: string) => void }) {
  const [month = '01', day = '01'] = value.split('-');
  return (
    <>
      <input
        type="number"
        aria-label="Day of the month"
        min="1"
        max="31"
        value={Number(day)}
        onChange={(event) => onChange(`${month}-${event.currentTarget.value.padStart(2, '0')}`)}
        {...(isWrong && { 'aria-invalid': true })}
        className={`${INPUT} h-8 w-16! tabular`}
      />
      <select aria-label="Month" value={month} onChange={(event) => onChange(`${event.currentTarget.value}-${day}`)} className={SMALL}>
        {MONTHS.map((name, at) => (
          <option key={name} value={String(at + 1).padStart(2, '0')}>
            {name}
          </option>
        ))}
      </select>
    </>
  );
}
