import { DEFAULT_POLICY } from '#workflows/domain/policy.ts';
import { DEFAULT_ROUTING_POLICY } from '#workflows/domain/routing-policy.ts';
import { AGENT_ASSIGNMENT_FIELDS, ASSIGNMENT_FIELDS } from '#web/settings/assignment-fields.ts';
import { putPolicyCommand, restorePolicyCommand } from '#web/settings/policy-command.server.ts';
import { policyDifference } from '#web/settings/policy-difference.ts';
import { POLICY_FIELDS } from '#web/settings/policy-fields.ts';
import { problemWords } from '#web/settings/problem-words.ts';
import { settingsOf } from '#web/settings/policy-layer.ts';
import { settingWords } from '#web/settings/policy-words.ts';
import { memoryDesk } from './support/memory-desk.ts';

const NAMES = { groups: [{ key: 'billing', name: 'Billing' }], people: [{ id: 'opr_mia', name: 'Mia', receives: true }], schedules: [{ id: 'sch_office', name: 'Office' }] };
const DEFAULTS = settingsOf({ ...DEFAULT_POLICY });
const ALL = [...POLICY_FIELDS, ...ASSIGNMENT_FIELDS];

describe('the page of a policy', () => {
  it('asks for every setting there is, and of an agent for none that is the team’s alone', () => {
    expect([...ALL.map(({ key }) => key), 'handoverCases'].sort()).toEqual([...DEFAULTS.keys()].sort());
    const withheld = ASSIGNMENT_FIELDS.filter((field) => !AGENT_ASSIGNMENT_FIELDS.includes(field));
    expect(withheld.map(({ key }) => key)).toEqual(['assignment.reassignReplies', 'assignment.capCounts', 'assignment.rampPerMinute', 'assignment.idleMinutes']);
    expect(ASSIGNMENT_FIELDS).toHaveLength(Object.keys(DEFAULT_ROUTING_POLICY).length);
  });

  it('has plain words for every default', () => {
    const words = Object.fromEntries(ALL.map((field) => [field.key, settingWords(field, DEFAULTS.get(field.key), NAMES)]));
    expect(words).toMatchObject({
      'assignment.mode': 'By hand',
      'assignment.eligibleGroup': 'Everybody who works tickets',
      'assignment.skills': 'None',
      'assignment.relaxAfterMinutes': '10 minutes',
      'assignment.pickUpMinutes': 'No limit',
      'assignment.unassignedMinutes': 'Never',
      'assignment.escalateTo': 'The admins',
      'assignment.reassignReplies': 'Offline, On time off',
      autoCloseLadder: 'day 4: remind, day 6: remind, day 7: resolve',
    });
    expect(Object.values(words).filter((one) => /undefined|null|object|Unknown/.test(one))).toEqual([]);
  });

  it('names groups and people as people call them, also those who have gone', () => {
    const [group, to] = ['eligibleGroup', 'escalateTo'].map((name) => ASSIGNMENT_FIELDS.find(({ key }) => key === `assignment.${name}`));
    const words = (field: typeof group, value: unknown) => field && settingWords(field, value, NAMES);
    expect([words(group, 'billing'), words(group, 'sales')]).toEqual(['Billing', 'sales (no such group)']);
    expect([words(to, { kind: 'operator', id: 'opr_mia' }), words(to, { kind: 'operator', id: 'opr_x' }), words(to, { kind: 'group', key: 'billing' })]).toEqual(['Mia', 'somebody who has left', 'Billing']);
  });
});

describe('what is sent to be saved', () => {
  const form = (fields: Readonly<Record<string, string | readonly string[]>>) => {
    const data = new FormData();
    for (const [name, value] of Object.entries(fields)) for (const one of typeof value === 'string' ? [value] : value) data.append(name, one);
    return data;
  };
  /** A desk that remembers what it was asked to put. */
  const aDesk = () => {
    const asked: unknown[] = [];
    const memory = memoryDesk();
    return { asked, desk: { ...memory, putPolicy: (...given: Parameters<typeof memory.putPolicy>) => (asked.push(given), memory.putPolicy(...given)) } };
  };
  const sent = async (fields: Readonly<Record<string, string | readonly string[]>>) => {
    const { asked, desk } = aDesk();
    const answer = await putPolicyCommand({ desk, form: form({ scope: 'team', version: '3', ...fields }), key: 'k', intent: 'policy' });
    return answer.ok ? asked[0] : answer.errors;
  };

  it('is what the page marks as its own: assignment too, setting by setting', async () => {
    const own = ['mode', 'eligibleGroup', 'skills', 'pickUpMinutes', 'escalateTo', 'reassignReplies'].map((name) => [`own.assignment.${name}`, 'yes'] as const);
    const given = {
      'assignment.mode': 'round_robin',
      'assignment.eligibleGroup': '',
      'assignment.skills': 'billing,  returns',
      'assignment.languages': 'de',
      'assignment.pickUpMinutes': '',
      'assignment.escalateTo': 'group:billing',
      'assignment.reassignReplies': ['offline', 'outside_shift'],
    };
    expect(await sent({ ...Object.fromEntries(own), ...given })).toEqual([
      'team',
      {
        overrides: {
          assignment: { mode: 'round_robin', eligibleGroup: null, skills: ['billing', 'returns'], pickUpMinutes: null, escalateTo: { kind: 'group', key: 'billing' }, reassignReplies: ['offline', 'outside_shift'] },
        },
      },
      3,
    ]);
    expect(await sent({ 'assignment.mode': 'balanced', turnMinutes: '3', 'own.turnMinutes': 'yes' })).toEqual(['team', { overrides: { turnMinutes: 3 } }, 3]);
  });

  it('is refused at the setting where it cannot be', async () => {
    expect(await sent({ 'own.assignment.pickUpRounds': 'yes', 'assignment.pickUpRounds': '' })).toMatchObject([{ path: 'body.overrides.assignment.pickUpRounds' }]);
    expect(await sent({ 'own.assignment.languages': 'yes', 'assignment.languages': 'de, german language' })).toMatchObject([{ path: 'body.overrides.assignment.languages.1' }, { path: 'body.overrides.assignment.languages.2' }]);
  });

  it('is refused in the words of the page', () => {
    expect(problemWords('nobody who could receive tickets has fr, and relaxAfterMinutes is never')).toBe('Nobody who could receive tickets has fr, and “Insist on them for” is empty');
    expect(problemWords('round_robin needs somebody to assign to, and group empty has no operators (eligibleGroup)')).toBe('Round robin needs somebody to assign to, and group empty has no operators (“Assign to”)');
  });

  it('is an old version as it was, over the one that was read; version 0 is nothing set', async () => {
    const { asked, desk } = aDesk();
    const restore = (version: string) => restorePolicyCommand({ desk, form: form({ scope: 'agt_1', version: '3', restore: version }), key: 'k', intent: 'policy-restore' });
    expect(await restore('2')).toMatchObject({ ok: true });
    expect(asked).toEqual([['agt_1', { overrides: { helpDesk: true } }, 3]]);
    expect(await restore('0')).toMatchObject({ ok: true });
    expect(asked.at(-1)).toEqual(['agt_1', { overrides: {} }, 3]);
    expect(await restore('9')).toMatchObject({ ok: false, code: 'not_found' });
  });
});

describe('the difference between two versions', () => {
  const changes = (before: Record<string, unknown>, after: Record<string, unknown>, isTeam = true) =>
    policyDifference(before, after, { names: NAMES, isTeam }).map(({ title, from, to }) => `${title}: ${from} → ${to}`);
  const refund = { key: 'refund', when: 'They want money back', action: 'escalate', priority: 'high', skills: ['billing'], group: null };

  it('is told per setting, old and new, in the words of the page', () => {
    expect(changes({ assignment: { mode: 'manual', skills: [] } }, { assignment: { mode: 'balanced', skills: ['billing'], eligibleGroup: 'billing' } })).toEqual([
      'Assign new tickets: By hand → Balanced: whoever has fewest',
      'Assign to: Default: Everybody who works tickets → Billing',
      'Required skills: None → billing',
    ]);
    expect(changes({}, { assignment: { escalateTo: { kind: 'group', key: 'billing' } } })).toEqual(['An escalation tells: Default: The admins → Billing']);
    expect(changes({ helpDesk: true }, {}, false)).toEqual(['Help desk: On → Inherited']);
    expect(changes({ assignment: { escalateTo: { kind: 'operator', id: 'opr_mia' } } }, { assignment: { escalateTo: { id: 'opr_mia', kind: 'operator' } } })).toEqual([]);
  });

  it('is told of handover cases one by one, and of their order', () => {
    const never = { ...refund, key: 'parcel', action: 'never' };
    expect(changes({ handoverCases: [refund] }, { handoverCases: [{ ...refund, group: 'billing' }, never] })).toEqual([
      'Handover case refund: “They want money back”: escalate as high, skills billing → “They want money back”: escalate as high, skills billing, to Billing',
      'Handover case parcel: None → “They want money back”: never escalate, skills billing',
    ]);
    expect(changes({ handoverCases: [refund, never] }, { handoverCases: [never, refund] })).toEqual(['Handover cases: refund, parcel → parcel, refund']);
    expect(changes({}, { handoverCases: [] })).toEqual(['Handover cases: Default: none → None']);
  });
});
