import type { EntryView } from '#workflows/contract/views.ts';
import { eventWords } from '#web/inbox/event-words.ts';
import type { Naming } from '#web/inbox/event-words.ts';
import { timelineItems } from '#web/inbox/timeline-items.ts';

const naming: Naming = {
  status: (slug) => (slug === 'on_hold' ? 'On hold' : slug),
  priority: (slug) => slug,
  operator: (id) => (id === 'opr_mia' ? 'Mia' : 'somebody'),
  group: (key) => (key === 'returns' ? 'Returns desk' : key),
  time: () => 'Monday, 9:00',
};
const words = (kind: string, data: Record<string, unknown> = {}) => eventWords({ kind, data }, naming);

describe('what happened to a ticket, in sentences', () => {
  it.each([
    ['status_changed', { to: 'on_hold', cause: 'by_hand' }, 'set the status to On hold'],
    ['status_changed', { to: 'closed', cause: 'reopen_window_over' }, 'set the status to closed, as the time to reopen it is over'],
    ['assigned', { to: 'opr_mia', how: 'by_hand' }, 'assigned it to Mia'],
    ['csat_received', { score: 4, comment: '' }, 'said how it was: Good (4 of 5)'],
    ['csat_received', { score: 1, comment: 'Never again' }, 'said how it was: Terrible (1 of 5), “Never again”'],
    ['assigned', { to: null, how: 'by_hand' }, 'unassigned it'],
    ['policy_followed', { from: 't3.a2', to: 't4.a2.s1' }, 'follows the team’s policy (version 4) and the SLA policies or hours (version 1) now'],
    ['policy_followed', { from: '1', to: '2' }, 'follows a newer policy now'],
    ['assigned', { to: 'opr_mia', how: 'claimed' }, 'took it on'],
    ['assigned', { from: null, to: 'opr_mia', how: 'automatic', routing: { startsAt: null } }, 'assigned it to Mia automatically'],
    ['assigned', { from: null, to: 'opr_mia', how: 'automatic', routing: { startsAt: 1 } }, 'assigned it to Mia automatically, for the shift from Monday, 9:00'],
    ['assigned', { from: 'opr_mia', to: null, how: 'not_picked_up' }, 'unassigned it, as Mia had not picked it up'],
    ['assigned', { from: 'opr_mia', to: null, how: 'assignee_away' }, 'unassigned it, as Mia is not there to answer'],
    ['not_picked_up', { operatorId: 'opr_mia', missed: 1 }, 'waited in vain for Mia to pick it up'],
    ['not_picked_up', { operatorId: 'opr_mia', missed: 3 }, 'waited in vain for Mia to pick it up; that makes 3 in a row'],
    ['assignment_escalated', { why: 'unassigned', to: { kind: 'admins' } }, 'told the admins that nobody has it'],
    ['assignment_escalated', { why: 'not_picked_up', to: { kind: 'operator', id: 'opr_mia' } }, 'told Mia that nobody picks it up'],
    ['assignment_escalated', { why: 'unassigned', to: { kind: 'group', key: 'leads' } }, 'told the group leads that nobody has it'],
    ['assignment_escalated', { why: 'unassigned', to: { kind: 'group', key: 'returns' } }, 'told the group Returns desk that nobody has it'],
    ['needs_changed', { skills: ['billing', 'legal'], group: 'returns', language: 'de' }, 'changed whom it needs: somebody with billing, legal, of the group Returns desk, speaking German'],
    ['needs_changed', { skills: [], group: null, language: null }, 'changed whom it needs: anybody'],
    ['taken_over', { forced: true }, 'took the conversation over from a colleague'],
    ['ai_paused', { mode: { kind: 'paused', reason: 'reply', resumeAt: 1 } }, 'paused the AI until Monday, 9:00 by replying'],
    ['ai_resumed', { cause: 'finished' }, 'handed the conversation back to the AI'],
    ['snoozed', { until: null }, 'snoozed it until they write'],
    ['tags_changed', { added: ['vip'], removed: ['new'] }, 'added vip and removed new'],
    ['delivery_changed', { delivery: 'failed', detail: '550 no such user' }, 'could not deliver a message: 550 no such user'],
    ['escalated', { joined: false, case: 'refund', reason: 'wants money back' }, 'escalated (refund): wants money back'],
  ])('says %s', (kind, data, sentence) => {
    expect(words(kind, data)).toBe(sentence);
  });

  it('says nothing of what the message itself shows', () => {
    expect(words('replied')).toBeNull();
    expect(words('delivery_changed', { delivery: 'sent' })).toBeNull();
  });

  it('names an event that a newer server may send', () => {
    expect(words('moon_phase_changed')).toBe('moon phase changed');
  });

  it('survives data of another shape', () => {
    expect(words('ai_paused', { mode: 7 })).toBe('paused the AI');
    expect(words('status_changed', { to: 3 })).toBe('set the status to ');
    expect(words('assigned', { to: 'opr_mia', how: 'automatic', routing: 7 })).toBe('assigned it to Mia automatically');
    expect(words('assignment_escalated', { to: null })).toBe('told the admins that nobody picks it up');
  });
});

describe('the timeline', () => {
  const entry = (position: number, kind: string): EntryView => ({
    position,
    seq: position,
    ticketId: 'tkt_1',
    kind,
    actor: { kind: 'baton', id: null, name: 'Baton' },
    at: '2026-11-21T10:00:00.000Z',
    data: {},
    message: null,
  });

  it('gathers events that follow each other, and marks where the news begin', () => {
    const items = timelineItems([entry(3, 'c'), entry(1, 'a'), entry(2, 'b')], 2, ({ kind }) => kind);
    expect(items.map((item) => (item.kind === 'events' ? item.entries.map((event) => event.words) : item.kind))).toEqual([['a', 'b'], 'news', ['c']]);
  });

  it('marks no news to somebody who has never looked, nor where all was seen', () => {
    const kinds = (newFrom: number) => timelineItems([entry(1, 'a'), entry(2, 'b')], newFrom, ({ kind }) => kind).map(({ kind }) => kind);
    expect(kinds(0)).toEqual(['events']);
    expect(kinds(2)).toEqual(['events']);
  });
});
