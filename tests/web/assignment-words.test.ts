import type { ExclusionView, ExplanationView, WaitReasonView } from '#workflows/contract/assignment-view.ts';
import { choiceWords, decisionWords, exclusionWords, waitWords } from '#web/inbox/assignment-words.ts';
import { notificationWords } from '#web/shell/notification-words.ts';
import { timerWords } from '#web/inbox/timer-words.ts';

const now = Date.parse('2026-11-20T12:00:00Z');
const reader = { zone: 'UTC', locale: 'en-GB', now, group: (key: string) => (key === 'returns' ? 'Returns' : key) };
const who = (name: string) => ({ id: `opr_${name.toLowerCase()}`, name });
const MONDAY = '2026-11-23T09:00:00.000Z';

function anExplanation(more: Partial<ExplanationView> = {}): ExplanationView {
  const candidates = [
    { operator: who('Mia'), load: 2, lastAt: null, startsAt: null },
    { operator: who('Ben'), load: 4, lastAt: null, startsAt: null },
  ];
  return { mode: 'balanced', how: 'available', group: null, skills: [], languages: [], isRelaxed: false, candidates, candidateCount: candidates.length, excluded: [], excludedCount: 0, ...more };
}

const [MIA, BEN] = anExplanation().candidates;

describe('why Mia has the ticket', () => {
  it.each([
    [anExplanation(), 'Of 2 who could take it, Mia had the fewest active tickets (2).'],
    [anExplanation({ mode: 'round_robin' }), 'Of 2 who could take it, Mia had waited longest for their turn.'],
    [anExplanation({ candidateCount: 1, candidates: MIA ? [MIA] : [] }), 'Only Mia could take it.'],
    [anExplanation({ candidates: MIA && BEN ? [MIA, { ...BEN, load: 2 }] : [] }), 'Of 2 who could take it, Mia had no more active tickets than the others (2), and was assigned one the longest ago.'],
    [
      anExplanation({ how: 'next_shift', candidates: MIA && BEN ? [{ ...MIA, startsAt: '2026-11-21T09:00:00.000Z' }, { ...BEN, startsAt: MONDAY }] : [] }),
      'Nobody who could take it was at work, so it went to whose shift starts next. Of 2 who could take it, Mia starts first.',
    ],
    [anExplanation({ group: 'returns', skills: ['billing'], languages: ['de'] }), 'It asks for the group Returns, the skill billing, and German. Of 2 who could take it, Mia had the fewest active tickets (2).'],
    [anExplanation({ isRelaxed: true }), 'It had waited long enough for its skills and language, so they were not asked for. Of 2 who could take it, Mia had the fewest active tickets (2).'],
  ])('is said in sentences (%#)', (explanation, words) => {
    expect(choiceWords(explanation, reader).join(' ')).toBe(words);
  });
});

describe('how Mia came to have it', () => {
  const by = { kind: 'operator', id: 'opr_ada', name: 'Ada' } as const;
  it.each([
    ['automatic', anExplanation(), 'Assigned automatically (balanced)'],
    ['automatic', anExplanation({ mode: 'round_robin', how: 'next_shift' }), 'Assigned ahead, automatically (round robin)'],
    ['by_hand', null, 'Assigned by Ada'],
    ['claimed', null, 'Ada took it on'],
  ] as const)('is said in a few words: %s', (how, explanation, words) => {
    expect(decisionWords({ how, by, at: MONDAY, explanation })).toBe(words);
  });
});

describe('why somebody else has not', () => {
  const cases: readonly (readonly [ExclusionView, string])[] = [
    [{ operator: who('Ben'), why: 'cap_reached', load: 5, cap: 5 }, 'at the cap (5 of 5)'],
    [{ operator: who('Zoe'), why: 'off', reason: { why: 'time_off', from: '2026-11-16', to: '2026-11-22', zone: 'UTC' }, backAt: MONDAY }, 'off until Mon 09:00 (time off)'],
    [{ operator: who('Zoe'), why: 'off', reason: { why: 'outside_shift', zone: null }, backAt: null }, 'off (outside their shift)'],
    [{ operator: who('Tom'), why: 'lacks_skill', skill: 'billing' }, 'lacks skill billing'],
    [{ operator: who('Tom'), why: 'lacks_language', language: 'pt-BR' }, 'does not speak Brazilian Portuguese'],
    [{ operator: who('Ana'), why: 'away', reason: { why: 'no_connection', since: null } }, 'away (not connected)'],
    [{ operator: who('Ana'), why: 'ramp', until: '2026-11-20T12:02:00.000Z' }, 'just came online, next at 12:02'],
    [{ operator: who('Ana'), why: 'not_picked_up' }, 'did not pick it up'],
  ];
  it.each(cases)('is said behind the name (%#)', (exclusion, words) => {
    expect(exclusionWords(exclusion, reader)).toBe(words);
  });
});

describe('why nobody has the ticket', () => {
  const nobody = { why: 'nobody_eligible', mode: 'balanced', group: null, skills: [], languages: [], isRelaxed: false, relaxesAt: null, excluded: [], excludedCount: 0 } as const;
  const cases: readonly (readonly [WaitReasonView, string])[] = [
    [{ why: 'manual' }, 'Tickets are assigned by hand here.'],
    [{ why: 'snoozed', until: MONDAY }, 'It is snoozed until Mon 09:00.'],
    [{ ...nobody, skills: [], languages: [] , excluded: [] }, 'Nobody can take it now.'],
    [
      { ...nobody, skills: ['billing'], languages: [], excluded: [], relaxesAt: '2026-11-20T12:10:00.000Z' },
      'Nobody can take it now; it asks for the skill billing. From 12:10 on, anybody may get it.',
    ],
    [{ ...nobody, skills: [], languages: [], excluded: [], isRelaxed: true }, 'Nobody can take it now. It has waited so long that its skills and language are not asked for any more.'],
  ];
  it.each(cases)('is said in sentences (%#)', (reason, words) => {
    expect(waitWords(reason, reader).join(' ')).toBe(words);
  });

  it('is told by the bell, and what comes next by itself', () => {
    expect(`Baton ${notificationWords('escalation')} #12`).toBe('Baton found nobody to take on #12');
    expect([timerWords('pick_up'), timerWords('unassigned')]).toEqual(['Assigned anew if not picked up', 'Escalates if nobody has it']);
  });
});
