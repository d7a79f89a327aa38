import { describe, expect, it } from '@jest/globals';
import { labelFor, labelsOf, VOCABULARIES } from '#workflows/domain/labels.ts';
import { raised } from '#workflows/domain/priority.ts';
import { canMove, isActive, isFinished, isOpen, legalMoves, type Status, STATUSES } from '#workflows/domain/status.ts';

// P8, written out by hand from its sentence.
const FROM_ACTIVE: readonly Status[] = ['on_you', 'on_customer', 'on_hold', 'resolved', 'closed', 'cancelled'];
const LEGAL: Readonly<Record<Status, readonly Status[]>> = {
  new: FROM_ACTIVE,
  on_you: FROM_ACTIVE.filter((to) => to !== 'on_you'),
  on_customer: FROM_ACTIVE.filter((to) => to !== 'on_customer'),
  on_hold: FROM_ACTIVE.filter((to) => to !== 'on_hold'),
  resolved: ['on_you', 'closed'],
  closed: ['on_you'],
  cancelled: ['on_you'],
};

describe('the statuses people see (P6, P8)', () => {
  it.each(STATUSES.flatMap((from) => STATUSES.map((to) => [from, to] as const)))('from %s to %s is legal exactly where P8 says so', (from, to) => {
    expect(canMove(from, to)).toBe(LEGAL[from].includes(to));
  });

  it('lets nobody return to new', () => {
    expect(STATUSES.filter((from) => canMove(from, 'new'))).toEqual([]);
  });

  it('lists the legal moves that a refusal names', () => {
    for (const from of STATUSES) expect([...legalMoves(from)].sort()).toEqual([...LEGAL[from]].sort());
  });

  it('counts new, on you, on customer and on hold as active, and resolved as open', () => {
    expect(STATUSES.filter(isActive)).toEqual(['new', 'on_you', 'on_customer', 'on_hold']);
    expect(STATUSES.filter(isFinished)).toEqual(['resolved', 'closed', 'cancelled']);
    expect(STATUSES.filter(isOpen)).toEqual(['new', 'on_you', 'on_customer', 'on_hold', 'resolved']);
  });

  it('raises a priority by one step, and urgent no further', () => {
    expect((['low', 'normal', 'high', 'urgent'] as const).map(raised)).toEqual(['normal', 'high', 'urgent', 'urgent']);
  });
});

describe('the vocabularies a team chooses from (P6)', () => {
  it.each(VOCABULARIES)('shows every status under exactly one label of %s', (vocabulary) => {
    const members = labelsOf(vocabulary).flatMap((label) => label.members);
    expect([...members].sort()).toEqual([...STATUSES].sort());
  });

  it.each(VOCABULARIES)('sets, for each label of %s, a status that the label shows', (vocabulary) => {
    for (const label of labelsOf(vocabulary)) expect(label.members).toContain(label.sets);
  });

  it.each([
    ['seven', 'resolved', 'Resolved'],
    ['six', 'resolved', 'Closed'],
    ['six', 'closed', 'Closed'],
    ['six', 'cancelled', 'Cancelled'],
    ['short', 'new', 'New'],
    ['short', 'on_you', 'Open'],
    ['short', 'on_customer', 'Open'],
    ['short', 'on_hold', 'Open'],
    ['short', 'resolved', 'Resolved'],
    ['short', 'closed', 'Closed'],
    ['short', 'cancelled', 'Closed'],
  ] as const)('in %s, %s reads as %s', (vocabulary, status, label) => {
    expect(labelFor(vocabulary, status)).toBe(label);
  });

  it('means resolved by Closed in six, and on you by Open in short', () => {
    expect(labelsOf('six').find(({ label }) => label === 'Closed')?.sets).toBe('resolved');
    expect(labelsOf('short').find(({ label }) => label === 'Open')?.sets).toBe('on_you');
  });
});
