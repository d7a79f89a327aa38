/** The seven statuses of a ticket (P6), in the order people read them. Stored values; labels live in `labels.ts`. */
export const STATUSES = ['new', 'on_you', 'on_customer', 'on_hold', 'resolved', 'closed', 'cancelled'] as const;
export type Status = (typeof STATUSES)[number];

export const ACTIVE_STATUSES = ['new', 'on_you', 'on_customer', 'on_hold'] as const satisfies readonly Status[];
export const FINISHED_STATUSES = ['resolved', 'closed', 'cancelled'] as const satisfies readonly Status[];

/** P8, from status to the statuses a person may set by hand. `new` is a birth state: nobody returns to it. */
const LEGAL: Readonly<Record<Status, readonly Status[]>> = {
  new: ['on_you', 'on_customer', 'on_hold', 'resolved', 'closed', 'cancelled'],
  on_you: ['on_customer', 'on_hold', 'resolved', 'closed', 'cancelled'],
  on_customer: ['on_you', 'on_hold', 'resolved', 'closed', 'cancelled'],
  on_hold: ['on_you', 'on_customer', 'resolved', 'closed', 'cancelled'],
  resolved: ['on_you', 'closed'],
  closed: ['on_you'],
  cancelled: ['on_you'],
};

/** The statuses that may be set by hand from `from` (P8). */
export function legalMoves(from: Status): readonly Status[] {
  return LEGAL[from];
}

export function canMove(from: Status, to: Status): boolean {
  return LEGAL[from].includes(to);
}

/** Active: somebody still owes something. */
export function isActive(status: Status): boolean {
  return status === 'new' || status === 'on_you' || status === 'on_customer' || status === 'on_hold';
}

export function isFinished(status: Status): boolean {
  return !isActive(status);
}

/** Open: active or resolved. A conversation has at most one open ticket. */
export function isOpen(status: Status): boolean {
  return isActive(status) || status === 'resolved';
}
