import { useRef, useState } from 'react';
import type { PointerEvent } from 'react';
import { WEEKDAYS } from '#workflows/domain/schedule.ts';
import { dayName, painted, rangesOf, timeOf } from './week-ranges.ts';
import type { Week } from './week-ranges.ts';

const SLOTS = 48;
const SLOT_MINUTES = 30;
const DAY = SLOTS * SLOT_MINUTES;
const ROW = 100;
const HOURS = [3, 6, 9, 12, 15, 18, 21];

interface Cell {
  readonly day: number;
  readonly slot: number;
}

interface Stroke {
  readonly from: Cell;
  readonly to: Cell;
  readonly isOpening: boolean;
}

/** The week as a picture, to be painted with a pointer; the times beside it say the same to everybody else. */
export function WeekPicture({ weekly, onChange }: { weekly: Week; onChange: (weekly: Week) => void }) {
  const picture = useRef<SVGSVGElement>(null);
  const [stroke, setStroke] = useState<Stroke | null>(null);
  const rows = WEEKDAYS.map((day) => rangesOf(weekly[day] ?? []));

  const cellAt = (event: PointerEvent): Cell => {
    const box = picture.current?.getBoundingClientRect();
    if (!box) return { day: 0, slot: 0 };
    const at = (part: number, count: number) => Math.max(0, Math.min(count - 1, Math.floor(part * count)));
    return { day: at((event.clientY - box.top) / box.height, 7), slot: at((event.clientX - box.left) / box.width, SLOTS) };
  };
  const begin = (event: PointerEvent<SVGSVGElement>) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const cell = cellAt(event);
    const minute = cell.slot * SLOT_MINUTES;
    const isOpen = rows[cell.day]?.some(({ from, until }) => from <= minute && minute < until) ?? false;
    setStroke({ from: cell, to: cell, isOpening: !isOpen });
  };
  const end = () => {
    if (!stroke) return;
    const { days, range } = areaOf(stroke);
    onChange(painted(weekly, { days, range, isOpening: stroke.isOpening }));
    setStroke(null);
  };

  return (
    <div aria-hidden="true" className="select-none">
      <div className="flex">
        <div className="w-10 shrink-0 text-xs text-ink-soft">
          {WEEKDAYS.map((day) => (
            <div key={day} className="flex h-7 items-center">
              {dayName(day).slice(0, 3)}
            </div>
          ))}
        </div>
        <svg
          ref={picture}
          viewBox={`0 0 ${DAY} ${7 * ROW}`}
          preserveAspectRatio="none"
          // A finger that moves up or down scrolls the page.
          className="h-49 min-w-0 flex-1 cursor-crosshair touch-pan-y rounded-md border border-line-strong bg-sunken"
          onPointerDown={begin}
          onPointerMove={(event) => stroke && setStroke({ ...stroke, to: cellAt(event) })}
          onPointerUp={end}
          onPointerCancel={() => setStroke(null)}
        >
          {rows.map((ranges, day) =>
            ranges.map(({ from, until }) => (
              <g key={`${day}.${from}`}>
                {from < DAY && <rect x={from} y={day * ROW + 8} width={Math.min(until, DAY) - from} height={ROW - 16} className="fill-accent" />}
                {until > DAY && <rect x={Math.max(from - DAY, 0)} y={((day + 1) % 7) * ROW + 8} width={until - Math.max(from, DAY)} height={ROW - 16} className="fill-accent opacity-55" />}
              </g>
            )),
          )}
          {HOURS.map((hour) => (
            <line key={hour} x1={hour * 60} x2={hour * 60} y1={0} y2={7 * ROW} vectorEffect="non-scaling-stroke" className="stroke-ink opacity-12" />
          ))}
          {WEEKDAYS.slice(1).map((day, at) => (
            <line key={day} x1={0} x2={DAY} y1={(at + 1) * ROW} y2={(at + 1) * ROW} vectorEffect="non-scaling-stroke" className="stroke-line" />
          ))}
          {stroke && <StrokeArea stroke={stroke} />}
        </svg>
      </div>
      <div className="ml-10 flex justify-between text-xs text-ink-faint tabular">
        {[0, 6, 12, 18, 24].map((hour) => (
          <span key={hour} className="flex w-0 justify-center whitespace-nowrap">
            {hour}
          </span>
        ))}
      </div>
      <p className="mt-1 ml-10 h-5 text-xs text-ink-faint">{stroke ? strokeWords(stroke) : 'Drag to open or close hours. Paler: the night of the day before.'}</p>
    </div>
  );
}

function areaOf({ from, to }: Stroke) {
  const [firstDay, lastDay] = [Math.min(from.day, to.day), Math.max(from.day, to.day)];
  const [first, last] = [Math.min(from.slot, to.slot), Math.max(from.slot, to.slot)];
  return { firstDay, days: WEEKDAYS.slice(firstDay, lastDay + 1), range: { from: first * SLOT_MINUTES, until: (last + 1) * SLOT_MINUTES } };
}

function StrokeArea({ stroke }: { stroke: Stroke }) {
  const { firstDay, days, range } = areaOf(stroke);
  return (
    <rect
      x={range.from}
      y={firstDay * ROW + 4}
      width={range.until - range.from}
      height={days.length * ROW - 8}
      vectorEffect="non-scaling-stroke"
      strokeWidth={2}
      className={stroke.isOpening ? 'fill-accent/50 stroke-accent' : 'fill-surface/80 stroke-danger'}
    />
  );
}

function strokeWords(stroke: Stroke): string {
  const { days, range } = areaOf(stroke);
  const [first, last] = [days[0] ?? 'mon', days.at(-1) ?? 'mon'];
  const name = first === last ? dayName(first) : `${dayName(first)} to ${dayName(last)}`;
  return `${stroke.isOpening ? 'Open' : 'Closed'}: ${name}, ${timeOf(range.from)} to ${range.until === DAY ? '24:00' : timeOf(range.until)}`;
}
