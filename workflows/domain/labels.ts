import { ACTIVE_STATUSES, type Status } from './status.ts';

/** A team shows its statuses in one of three vocabularies (P6); the stored statuses are always the seven. */
export const VOCABULARIES = ['seven', 'six', 'short'] as const;
export type Vocabulary = (typeof VOCABULARIES)[number];

export interface StatusLabel {
  /** What people read. */
  readonly label: string;
  /** The status that setting this label means. */
  readonly sets: Status;
  /** The statuses that filtering by this label means. */
  readonly members: readonly Status[];
}

const one = (label: string, status: Status): StatusLabel => ({ label, sets: status, members: [status] });

const LABELS: Readonly<Record<Vocabulary, readonly StatusLabel[]>> = {
  seven: [
    one('New', 'new'),
    one('On you', 'on_you'),
    one('On customer', 'on_customer'),
    one('On hold', 'on_hold'),
    one('Resolved', 'resolved'),
    one('Closed', 'closed'),
    one('Cancelled', 'cancelled'),
  ],
  six: [
    one('New', 'new'),
    one('On you', 'on_you'),
    one('On customer', 'on_customer'),
    one('On hold', 'on_hold'),
    { label: 'Closed', sets: 'resolved', members: ['resolved', 'closed'] },
    one('Cancelled', 'cancelled'),
  ],
  short: [
    one('New', 'new'),
    { label: 'Open', sets: 'on_you', members: ACTIVE_STATUSES.filter((status) => status !== 'new') },
    one('Resolved', 'resolved'),
    { label: 'Closed', sets: 'closed', members: ['closed', 'cancelled'] },
  ],
};

/** The labels of a vocabulary, in the order people read them; every status is a member of exactly one. */
export function labelsOf(vocabulary: Vocabulary): readonly StatusLabel[] {
  return LABELS[vocabulary];
}

/** What people read for a status in a vocabulary. */
export function labelFor(vocabulary: Vocabulary, status: Status): string {
  return LABELS[vocabulary].find((entry) => entry.members.includes(status))?.label ?? status;
}

