import type { PresenceView } from '#workflows/contract/people-time-views.ts';
import { dayAndTime } from '../ui/time-words.ts';
import type { Place } from '../ui/time-words.ts';

export const STATUS_LABELS: Readonly<Record<PresenceView['effective'], string>> = { online: 'Online', away: 'Away', busy: 'Busy', offline: 'Offline', off: 'Off' };

export interface Onlooker extends Place {
  readonly now: number;
  /** Whether they read about themselves: whoever reads is connected, or about to be. */
  readonly isSelf: boolean;
}

/** What somebody effectively is and why, in one line: "Off: outside your shift until 09:00 Europe/Berlin". */
export function presenceWords({ effective, reason, backAt }: PresenceView, { now, isSelf, ...place }: Onlooker): string {
  const label = STATUS_LABELS[effective];
  const whose = isSelf ? 'your' : 'their';
  switch (reason.why) {
    case 'set_by_hand':
      return label;
    case 'outside_shift':
      return `${label}: outside ${whose} shift${backAt === null ? ', and none is ahead' : ` until ${wallTime(backAt, { now, zone: reason.zone ?? place.zone, locale: place.locale })}`}`;
    case 'time_off':
      return `${label}: time off${backAt === null ? '' : `, back ${wallTime(backAt, { now, zone: reason.zone, locale: place.locale })}`}`;
    case 'no_connection':
      if (isSelf) return 'Connecting…';
      return reason.since === null ? `${label}: not connected` : `${label}: not connected since ${wallTime(reason.since, { now, ...place }, false)}`;
    case 'idle':
      return `${label}: idle since ${wallTime(reason.since, { now, ...place }, false)}`;
  }
}

/** A time in a zone, with its day where that is not today there. */
function wallTime(iso: string, { now, ...place }: Place & { now: number }, withZone = true): string {
  return `${dayAndTime(Date.parse(iso), now, place)}${withZone ? ` ${place.zone}` : ''}`;
}
