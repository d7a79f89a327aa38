import { describe, expect, it } from '@jest/globals';
import { MINUTE_MS } from '#workflows/domain/instant.ts';
import type { Policy } from '#workflows/domain/policy.ts';
import { DEFAULT_ROUTING_POLICY } from '#workflows/domain/routing-policy.ts';
import { aServedTicket, KEY, type Life, MIA, reply, ROBIN, setStatus, takeOver, TOM, wrote } from './a-ticket.ts';

const escalation = { kind: 'escalate', by: ROBIN, case: null, reason: 'Asks for a person', priority: null } as const;
const toms = (policy: Partial<Policy> = {}) => aServedTicket({ status: 'resolved', assigneeId: 'opr_tom', policy });

/** Answers what the ticket asks about its assignee, as the workflow does; nothing asked is nothing answered. */
function found(life: Life, absence: 'offline' | 'time_off' | null): Life {
  const { routing: { heardId }, assignmentEpoch } = life.state;
  return heardId === null ? life : life.then({ kind: 'assignee_found', messageId: heardId, assignmentEpoch, absence });
}

describe('a resolved ticket that goes on (P2)', () => {
  it.each([
    ['the AI escalates', (life: Life) => life.then(escalation)],
    ['the AI does not answer in its time', (life: Life) => life.passes(3 * MINUTE_MS)],
    ['the agent stops itself', (life: Life) => life.then({ kind: 'pause_ai', by: ROBIN })],
    ['a program takes over', (life: Life) => life.then(takeOver(KEY))],
    ['a program takes over with a reply', (life: Life) => life.then(reply({ by: KEY, takeOver: true, status: 'on_you' }))],
    ['a colleague pauses the AI', (life: Life) => life.then({ kind: 'pause_ai', by: MIA })],
  ])('because %s goes to somebody else where its assignee is on holiday, though they were asked for at the message before', (_why, goesOn) => {
    const answered = found(toms().then(wrote()), 'time_off');
    expect(answered.state).toMatchObject({ status: 'resolved', assigneeId: 'opr_tom' });
    const life = found(goesOn(answered), 'time_off');
    expect(life.state).toMatchObject({ status: 'on_you', assigneeId: null, routing: { queuedAt: life.now, heardId: null } });
    expect(life.last('assigned')).toMatchObject({ from: 'opr_tom', to: null, how: 'assignee_away' });
  });

  it('stays with an assignee who is there, and asks no second time', () => {
    const life = found(found(toms().then(wrote()), null).then(escalation), null);
    expect(life.state).toMatchObject({ status: 'on_you', assigneeId: 'opr_tom', routing: { heardId: null } });
    expect(found(life.then(escalation), 'time_off').state.assigneeId).toBe('opr_tom');
  });

  it('asks anew at each reopening', () => {
    const life = toms().then(escalation);
    const { heardId } = life.state.routing;
    found(life, null).then(setStatus('resolved', { by: TOM })).then(escalation);
    expect([heardId, life.state.routing.heardId]).toEqual([expect.any(String), expect.any(String)]);
    expect(life.state.routing.heardId).not.toBe(heardId);
  });

  it('heeds what was being asked at the message when it reopened', () => {
    const life = toms().then(wrote('msg_c1')).then(escalation);
    expect(life.state.routing.heardId).toBe('msg_c1');
    expect(found(life, 'offline').state.assigneeId).toBeNull();
  });

  it('reopened by the customer’s message is taken from an assignee who is gone (P9)', () => {
    expect(found(toms({ afterResolve: 'reopen' }).then(wrote()), 'offline').state).toMatchObject({ status: 'on_you', assigneeId: null });
  });

  it('is theirs who reopens it, whatever their status says', () => {
    for (const event of [takeOver(TOM), takeOver(MIA), { kind: 'pause_ai', by: TOM } as const, setStatus('on_you', { by: MIA })]) expect(toms().then(event).state.routing.heardId).toBeNull();
  });

  it('stays with its assignee where the team takes nothing from anybody for that', () => {
    expect(toms({ assignment: { ...DEFAULT_ROUTING_POLICY, reassignReplies: [] } }).then(escalation).state.routing.heardId).toBeNull();
  });
});
