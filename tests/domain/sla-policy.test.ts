import { describe, expect, it } from '@jest/globals';
import { slaPolicyInput, slaPolicyList } from '#workflows/contract/sla.ts';
import { slaPolicyFor, type SlaConditions, type SlaSubject } from '#workflows/domain/sla-policy.ts';

const HOUR = 3_600_000;
const ticket = (more: Partial<SlaSubject> = {}): SlaSubject => ({ agentId: 'agt_aaaaaaaa', channel: 'email', priority: 'normal', tags: [], requesterId: 'req_aaaaaaaa', ...more });
const named = (name: string, conditions: SlaConditions) => ({ name, conditions });

describe('the policy of a ticket', () => {
  const policies = [
    named('vip', { tags: ['vip', 'gold'], priorities: ['high', 'urgent'] }),
    named('urgent', { priorities: ['urgent'] }),
    named('chat of one agent', { agents: ['agt_bbbbbbbb'], channels: ['live_chat'] }),
    named('one person', { requesters: ['req_bbbbbbbb'] }),
    named('mail', { channels: ['email'] }),
  ];
  const nameOf = (more: Partial<SlaSubject>) => slaPolicyFor(policies, ticket(more))?.name ?? null;

  it('is the first from the top whose every condition fits', () => {
    expect(nameOf({})).toBe('mail');
    expect(nameOf({ tags: ['gold'] })).toBe('mail');
    expect(nameOf({ tags: ['gold'], priority: 'urgent' })).toBe('vip');
    expect(nameOf({ tags: ['silver'], priority: 'urgent' })).toBe('urgent');
    expect(nameOf({ agentId: 'agt_bbbbbbbb', channel: 'live_chat' })).toBe('chat of one agent');
    expect(nameOf({ requesterId: 'req_bbbbbbbb' })).toBe('one person');
  });

  it('is none where none fits: the ticket has no clocks', () => {
    expect(nameOf({ channel: 'api' })).toBeNull();
    expect(nameOf({ channel: 'live_chat', agentId: null })).toBeNull();
  });

  it('without conditions fits everybody', () => {
    expect(slaPolicyFor([named('all', {})], ticket())?.name).toBe('all');
  });
});

const problems = (input: unknown, schema: typeof slaPolicyInput | typeof slaPolicyList = slaPolicyInput) =>
  (schema.safeParse(input).error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`).join('\n');

describe('a policy as an admin writes it', () => {
  it('has the defaults of the promises', () => {
    expect(slaPolicyInput.parse({ name: 'All', targets: { firstReply: { ms: HOUR }, nextReply: { ms: HOUR }, resolution: { ms: HOUR } } })).toEqual({
      name: 'All',
      conditions: {},
      targets: {
        firstReply: { ms: HOUR, hours: 'business', warnPercent: 75, pausesOn: [] },
        nextReply: { ms: HOUR, hours: 'business', warnPercent: 75, pausesOn: [] },
        resolution: { ms: HOUR, hours: 'business', warnPercent: 75, pausesOn: ['on_customer', 'on_hold'] },
      },
      scheduleId: null,
      onWarning: [],
      onBreach: [],
    });
  });

  it('may notify, raise the priority, reassign, tag and send to a webhook', () => {
    const onBreach = [{ action: 'notify', to: ['assignee', 'opr_aaaaaaaa'] }, { action: 'raise_priority' }, { action: 'reassign' }, { action: 'tag', tag: 'Late' }, { action: 'webhook', webhookId: 'whk_aaaaaaaa' }];
    expect(slaPolicyInput.parse({ name: 'All', onBreach }).onBreach).toEqual([
      { action: 'notify', to: ['assignee', 'opr_aaaaaaaa'] },
      { action: 'raise_priority' },
      { action: 'reassign', always: false },
      { action: 'tag', tag: 'late' },
      { action: 'webhook', webhookId: 'whk_aaaaaaaa' },
    ]);
  });

  it('is refused an action that there is not, and a webhook by its address', () => {
    expect(problems({ name: 'All', onBreach: [{ action: 'webhook', url: 'https://example.com' }] })).toMatch(/^onBreach\.0\.webhookId: /);
    expect(problems({ name: 'All', onWarning: [{ action: 'dance' }] })).toMatch(/^onWarning\.0\.action: must be notify/);
    expect(problems({ name: 'All', onWarning: ['webhook'] })).toMatch(/^onWarning\.0/);
  });

  const target = (more: object) => problems({ name: 'All', targets: { firstReply: { ms: HOUR, ...more } } });

  it('is refused a warning with or after its breach', () => {
    for (const warnPercent of [100, 101, 0, -1]) expect(target({ warnPercent })).toMatch(/^targets\.firstReply\.warnPercent: must be 1 to 99/);
    expect(target({ warnPercent: 99 })).toBe('');
  });

  it('is refused times, statuses, hours and fields that mean nothing', () => {
    for (const ms of [0, -1, 1.5, 4_000 * 24 * HOUR, Infinity, NaN, '1']) expect(target({ ms })).toMatch(/^targets\.firstReply\.ms: /);
    expect(target({ pausesOn: ['new'] })).toMatch(/^targets\.firstReply\.pausesOn\.0: /);
    expect(target({ pausesOn: ['on_hold', 'on_hold', 'on_hold'] })).toMatch(/^targets\.firstReply\.pausesOn: /);
    expect(target({ hours: 'night' })).toMatch(/^targets\.firstReply\.hours: /);
    expect(target({ warnAt: 75 })).toMatch(/warnAt/);
    expect(problems({ name: 'All', targets: { third_reply: { ms: HOUR } } })).toMatch(/third_reply/);
    expect(problems({ name: 'All', conditions: { channels: [] } })).toMatch(/^conditions\.channels: /);
    expect(problems({ name: 'All', conditions: { agents: ['tkt_aaaaaaaa'] } })).toMatch(/^conditions\.agents\.0: /);
  });

  it('stands in a list of at most a hundred, each with a name of its own', () => {
    expect(problems([{ name: 'A' }, { name: 'B' }, { name: 'A' }], slaPolicyList)).toBe('2.name: is the name of a policy above');
    expect(problems(Array.from({ length: 101 }, (_, i) => ({ name: `n${i}` })), slaPolicyList)).not.toBe('');
  });
});
