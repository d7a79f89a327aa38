import type { PausingStatus } from '#workflows/domain/sla-policy.ts';
import type { Status } from '#workflows/domain/status.ts';
import { SOON_MS } from './running-clock.ts';

/** What an SLA clock measures, in words inside a sentence; an unknown one by its name. */
export function clockWords(kind: string): string {
  switch (kind) {
    case 'first_reply':
      return 'first reply';
    case 'next_reply':
      return 'next reply';
    default:
      return kind.replaceAll('_', ' ');
  }
}

/** "2 h 05 min", "3 d 4 h": a length of a clock's own hours; a day is 24 of them. */
export function lengthWords(ms: number): string {
  const minutes = Math.floor(Math.abs(ms) / 60_000);
  const [days, hours, rest] = [Math.floor(minutes / 1_440), Math.floor(minutes / 60) % 24, minutes % 60];
  if (days > 0) return hours > 0 ? `${days} d ${hours} h` : `${days} d`;
  if (hours > 0) return rest > 0 ? `${hours} h ${String(rest).padStart(2, '0')} min` : `${hours} h`;
  return minutes === 0 ? 'under a minute' : `${minutes} min`;
}

/** The time left, second by second in the last minutes: "4:05", "2 h 05 min". */
export function leftWords(ms: number): string {
  if (ms >= SOON_MS) return lengthWords(ms);
  const seconds = Math.ceil(ms / 1_000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** Which status a clock stands still in; where the team's words do not tell that one from others, whom we wait for. */
export function pauseWords(status: PausingStatus, labelOf: (status: Status) => string): string {
  const label = labelOf(status);
  if (label !== labelOf('on_you')) return `Paused in “${label}”`;
  return status === 'on_customer' ? 'Paused while we wait for the customer' : 'Paused while the ticket is on hold';
}
