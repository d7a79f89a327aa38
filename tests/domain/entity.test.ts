import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Projected } from '#workflows/contract/activity-types.ts';
import { AS_OF_NOW, type CommandMessage, type FactMessage, type LeavesWriting } from '#workflows/contract/ticket-messages.ts';
import type { Edition } from '#workflows/domain/edition.ts';
import { DEFAULT_POLICY, effectivePolicy } from '#workflows/domain/policy.ts';
import type { Command, Fact } from '#workflows/domain/ticket-event.ts';
import { MAX_OUTBOX_BYTES, Outbox } from '#workflows/outbox.ts';
import { LEFT_IN_OLD_RUNS_MS, LEFT_TO_HOLDER_MS, TicketEntity } from '#workflows/ticket-entity.ts';
import { aBirth, MIA, reply, ROBIN, setStatus, START } from './a-ticket.ts';
import { step } from './events.ts';

function aTicketEntity(policy = DEFAULT_POLICY, { leavesWriting = 'anew' }: { leavesWriting?: LeavesWriting } = {}): TicketEntity {
  const entity = TicketEntity.begin({ ticketId: 'tkt_1', teamId: 'team_1', leavesWriting, birth: { command: aBirth(), policy, policyVersion: '1' } });
  if (entity === null) throw new Error('not born');
  return entity;
}

const projected = (lastSeq: number): Projected => ({ kind: 'projected', lastSeq, policy: null });
const note = (n: number): CommandMessage => ({ id: `note${n}`, command: { kind: 'note', by: MIA, messageId: `msg_${n}`, mentions: [] } });

const FACTS: readonly Fact['kind'][] = ['ai_answered', 'delivery_reported', 'bounced', 'summary_made', 'policy_changed', 'diverged'];
const isFact = (event: Command | Fact): event is Fact => FACTS.some((kind) => kind === event.kind);

/** What a caller sees of an entity that is given one message. */
function give(entity: TicketEntity, { id, event }: { id: string; event: Command | Fact }, now: number): string {
  if (isFact(event)) {
    entity.learn({ id, fact: event } satisfies FactMessage, now);
    return 'learnt';
  }
  try {
    return `seq ${entity.carryOut({ id, command: event }, now).seq}`;
  } catch {
    return 'refused';
  }
}

describe('a message that arrives twice (P55)', () => {
  it('changes nothing the second time, whatever it is, and is answered as the first', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 25 }), (steps) => {
        const entity = aTicketEntity();
        let now = START;
        for (const [index, { event, afterMs }] of steps.entries()) {
          now += afterMs;
          entity.settle(now);
          const message = { id: `id${index}`, event };
          const first = give(entity, message, now);
          const after = JSON.stringify(entity.carry());
          expect(give(entity, message, now)).toBe(first);
          expect(JSON.stringify(entity.carry())).toBe(after);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('is known in the next run, too', () => {
    const first = aTicketEntity();
    const answer = first.carryOut(note(1), START);
    const next = TicketEntity.begin({ ticketId: 'tkt_1', teamId: 'team_1', carried: first.carry() });
    expect(next?.carryOut(note(1), START + 1).seq).toBe(answer.seq);
    expect(next?.state.seq).toBe(first.state.seq);
  });

  it('is known in a run that loads its ticket', () => {
    const first = aTicketEntity();
    first.carryOut(note(1), START);
    const loaded = TicketEntity.loaded({ state: first.state, policy: DEFAULT_POLICY });
    expect(loaded.carryOut(note(1), START + 1).outbox).toEqual([]);
  });
});

describe('a run that began before the rules changed', () => {
  const born = { command: aBirth({ agentId: 'agt_robin', channel: 'live_chat' }), policy: DEFAULT_POLICY, policyVersion: '1' };
  const escalate: CommandMessage = { id: 'again', command: { kind: 'escalate', by: ROBIN, case: 'refund', reason: 'again', priority: null } };
  const held: CommandMessage = { id: 'held', command: setStatus('on_hold') };
  const become = (entity: TicketEntity | null) => {
    entity?.carryOut(held, START);
    entity?.carryOut(escalate, START + 1);
    return entity?.state;
  };

  it('decides by the rules that it began with, as its history says', () => {
    expect(become(TicketEntity.begin({ ticketId: 'tkt_1', teamId: 'team_1', birth: born }))).toMatchObject({ status: 'on_hold', case: null, owesSummary: false });
  });

  it('is followed by one that decides by those of today', () => {
    const first = TicketEntity.begin({ ticketId: 'tkt_1', teamId: 'team_1', birth: born });
    const carried = first?.carry();
    expect(carried).toBeDefined();
    expect(become(TicketEntity.begin({ ticketId: 'tkt_1', teamId: 'team_1', ...(carried && { carried }), ...AS_OF_NOW }))).toMatchObject({ status: 'on_you', case: 'refund', owesSummary: true });
  });
});

describe('a fact that is told late', () => {
  it('stands where it was told, and never before what was written already (P39)', () => {
    const entity = aTicketEntity();
    entity.carryOut(note(1), START + 5_000);
    entity.learn({ id: 'b', fact: { kind: 'bounced', messageId: 'msg_1', detail: '' }, at: START + 1_000 }, START + 9_000);
    entity.learn({ id: 'c', fact: { kind: 'bounced', messageId: 'msg_1', detail: '' }, at: START + 7_000 }, START + 9_000);
    entity.learn({ id: 'd', fact: { kind: 'bounced', messageId: 'msg_1', detail: '' }, at: START + 99_000 }, START + 9_000);
    expect(entity.outbox.all.slice(1).map(({ at }) => at - START)).toEqual([5_000, 5_000, 7_000, 9_000]);
  });
});

describe('an answer', () => {
  it('brings everything that is not written down yet, so that its caller can write it', () => {
    const entity = aTicketEntity();
    entity.carryOut(note(1), START);
    expect(entity.carryOut(note(2), START).outbox.map(({ seq }) => seq)).toEqual([1, 2, 3]);
    entity.projected(projected(2), START);
    expect(entity.carryOut(note(3), START).outbox.map(({ seq }) => seq)).toEqual([3, 4]);
  });

  it('leaves out what its asker has seen written', () => {
    const entity = aTicketEntity();
    entity.carryOut(note(1), START);
    expect(entity.carryOut({ ...note(2), written: 2 }, START).outbox.map(({ seq }) => seq)).toEqual([3]);
    expect(entity.carryOut({ ...note(2), written: 2 }, START).outbox.map(({ seq }) => seq)).toEqual([3]);
    expect(entity.outbox.all.map(({ seq }) => seq)).toEqual([1, 2, 3]);
  });

  it('carries a refusal as the type and the detail of a failure', () => {
    const entity = aTicketEntity();
    const message: CommandMessage = { id: 'x', command: setStatus('new') };
    expect(entity.carryOut(message, START).seq).toBe(1);
    expect(() => entity.carryOut({ id: 'y', command: reply({ status: 'new' }) }, START)).toThrow(
      expect.objectContaining({ type: 'illegal_move', nonRetryable: true, details: [expect.objectContaining({ code: 'illegal_move' })] }),
    );
  });
});

describe('what is to be written down', () => {
  const written = (leavesWriting: LeavesWriting) => {
    const entity = aTicketEntity(DEFAULT_POLICY, { leavesWriting });
    expect(entity.leftFor(START)).toBe(0);
    entity.projected(projected(1), START);
    return entity;
  };

  it('is left to the holder of its answer for a while, counted from the first of a burst of commands', () => {
    const entity = written('anew');
    entity.carryOut(note(1), START);
    entity.carryOut(note(2), START + 1_000);
    expect(entity.leftFor(START + 1_000)).toBe(LEFT_IN_OLD_RUNS_MS - 1_000);
    expect(entity.leftFor(START + LEFT_IN_OLD_RUNS_MS)).toBe(0);
    entity.projected(projected(3), START + LEFT_IN_OLD_RUNS_MS);
    entity.carryOut(note(3), START + 60_000);
    expect(entity.leftFor(START + 60_000)).toBe(LEFT_IN_OLD_RUNS_MS);
  });

  it('is written at once where a fact decided it, whoever holds what came before or comes after', () => {
    const entity = written('anew');
    entity.carryOut(note(1), START);
    entity.learn({ id: 'b', fact: { kind: 'bounced', messageId: 'msg_1', detail: '' } }, START + 1);
    expect(entity.leftFor(START + 1)).toBe(0);
    entity.carryOut(note(2), START + 2);
    expect(entity.leftFor(START + 2)).toBe(0);
  });

  it('is left anew where it comes while an earlier burst is being written, and not where that fails', () => {
    const during = (leavesWriting: LeavesWriting) => {
      const entity = written(leavesWriting);
      entity.carryOut(note(1), START);
      const { changes } = entity.beginWriting();
      entity.carryOut(note(2), START + 3_100);
      entity.carryOut(note(3), START + 3_200);
      return { entity, writes: () => entity.projected(projected(changes.at(-1)?.seq ?? 0), START + 3_300) };
    };
    const { entity, writes } = during('anew');
    writes();
    expect(entity.outbox.all.map(({ seq }) => seq)).toEqual([3, 4]);
    expect(entity.leftFor(START + 3_300)).toBe(LEFT_IN_OLD_RUNS_MS - 200);
    const failing = during('anew').entity;
    failing.notProjected();
    expect(failing.leftFor(START + 3_300)).toBe(0);
    const older = during(true);
    older.writes();
    expect(older.entity.leftFor(START + 3_300)).toBe(0);
  });

  it('is written at once where a fact came while an earlier burst was being written', () => {
    const entity = written('anew');
    entity.carryOut(note(1), START);
    const { changes } = entity.beginWriting();
    entity.carryOut(note(2), START + 100);
    entity.learn({ id: 'b', fact: { kind: 'bounced', messageId: 'msg_1', detail: '' } }, START + 200);
    entity.projected(projected(changes.at(-1)?.seq ?? 0), START + 300);
    expect(entity.leftFor(START + 300)).toBe(0);
  });

  it('is written at once in a run that began before that was so', () => {
    const entity = written(false);
    entity.carryOut(note(1), START);
    expect(entity.leftFor(START)).toBe(0);
  });

  it('is left for minutes where the sweeper finds what a dead holder left, and not where something waits for it or there is too much', () => {
    const entity = written('for_long');
    expect(entity.isWritingAwaited).toBe(false);
    entity.carryOut(note(1), START);
    expect([entity.leftFor(START), entity.isWritingAwaited]).toEqual([LEFT_TO_HOLDER_MS, false]);
    for (let n = 2; n <= 30; n += 1) entity.carryOut(note(n), START + n);
    expect([entity.leftFor(START + 30), entity.isWritingAwaited]).toEqual([LEFT_TO_HOLDER_MS - 30, true]);
    const closed = written('for_long');
    closed.carryOut({ id: 'x', command: setStatus('closed') }, START);
    expect(closed.isWritingAwaited).toBe(true);
    const older = written('anew');
    older.carryOut({ id: 'x', command: setStatus('closed') }, START);
    expect(older.isWritingAwaited).toBe(false);
    closed.projected(projected(closed.state.seq), START + 1);
    closed.carryOut({ id: 'y', command: setStatus('on_you', { generation: 2 }) }, START + 2);
    expect(closed.state.status).toBe('on_you');
    expect(closed.leftFor(START + 2)).toBe(0);
  });

  it('is written at once where its holder says that they could not, and changes nothing', () => {
    const entity = written('for_long');
    entity.carryOut(note(1), START);
    const { state } = entity;
    entity.learn({ id: 'u', fact: { kind: 'unwritten' } }, START + 1);
    expect([entity.leftFor(START + 1), entity.state]).toEqual([0, state]);
  });

  it('is told whole to whoever saw more of it written than there is: they have another history before them', () => {
    const entity = written('for_long');
    expect(entity.carryOut({ ...note(1), written: 1 }, START).outbox.map(({ seq }) => seq)).toEqual([2]);
    expect(entity.carryOut({ ...note(2), written: 2 }, START).outbox.map(({ seq }) => seq)).toEqual([3]);
    expect(entity.carryOut({ ...note(3), written: 9 }, START).outbox.map(({ seq }) => seq)).toEqual([2, 3, 4]);
  });
});

describe('a ticket whose database lost or has another history', () => {
  it('goes on above it, without a gap, says so, and sets its mode anew', () => {
    const entity = aTicketEntity();
    entity.carryOut(note(1), START);
    entity.projected({ kind: 'diverged', lastSeq: 40 }, START + 1);
    expect(entity.outbox.all.map(({ seq }) => seq)).toEqual([41, 42, 43]);
    expect(entity.outbox.all[2]?.what).toMatchObject({ kind: 'renumbered', reason: 'diverged' });
    expect(entity.state).toMatchObject({ seq: 43, modeSeq: 43 });
  });

  it('goes on without a gap where the database went back', () => {
    const entity = aTicketEntity();
    for (let n = 1; n <= 9; n += 1) entity.carryOut(note(n), START);
    entity.projected(projected(10), START);
    entity.carryOut(note(10), START);
    entity.projected({ kind: 'diverged', lastSeq: 4 }, START);
    expect(entity.outbox.all.map(({ seq }) => seq)).toEqual([5, 6]);
    expect(entity.state.seq).toBe(6);
  });

  it('numbers what came due meanwhile above it as well', () => {
    const entity = aTicketEntity();
    entity.carryOut({ id: 'r', command: reply({ holdMs: 10_000 }) }, START);
    entity.projected({ kind: 'diverged', lastSeq: 40 }, START + 20_000);
    const seqs = entity.outbox.all.map(({ seq }) => seq);
    expect(seqs).toEqual(seqs.map((_, index) => 41 + index));
    expect(entity.outbox.all.map(({ what }) => what.kind)).toContain('reply_released');
  });

  it('can diverge twice', () => {
    const entity = aTicketEntity();
    entity.projected({ kind: 'diverged', lastSeq: 4 }, START);
    entity.projected({ kind: 'diverged', lastSeq: 4 }, START);
    const seqs = entity.outbox.all.map(({ seq }) => seq);
    expect(seqs).toEqual([5, 6, 7]);
    expect(entity.state.seq).toBe(7);
  });
});

describe('a policy that was edited', () => {
  const resolved = () => {
    const entity = aTicketEntity();
    entity.carryOut({ id: 's', command: setStatus('resolved') }, START);
    return entity;
  };

  it('is followed from the moment the ticket learns of it, not from the past', () => {
    const entity = resolved();
    const now = START + 3 * 86_400_000;
    const policy = effectivePolicy({ reopenWindowDays: 1 });
    entity.projected({ kind: 'projected', lastSeq: entity.state.seq, policy: { version: '2', policy } }, now);
    entity.settle(now);
    expect(entity.state).toMatchObject({ status: 'closed', statusSince: now, policyVersion: '2' });
    expect(entity.outbox.all.map(({ what }) => what.kind)).toEqual(['policy_followed', 'status_changed']);
  });

  it('is followed once', () => {
    const entity = resolved();
    const answer: Projected = { kind: 'projected', lastSeq: 2, policy: { version: '2', policy: DEFAULT_POLICY } };
    entity.projected(answer, START);
    const { seq } = entity.state;
    entity.projected(answer, START);
    expect(entity.state.seq).toBe(seq);
  });
});

describe('the outbox', () => {
  it('gives at most 100 changes or 256 KiB at a time, and always at least one', () => {
    const rows = (count: number, text: string) =>
      Array.from({ length: count }, (_, index) => ({ seq: index + 1, at: START, actor: MIA, what: { kind: 'baton_wrote' as const, messageId: `m${index}`, purpose: 'holding' as const, text } }));
    expect(new Outbox(rows(250, 'x')).prefix()).toHaveLength(100);
    expect(new Outbox(rows(10, 'x'.repeat(100_000))).prefix()).toHaveLength(2);
    expect(new Outbox(rows(2, 'x'.repeat(400_000))).prefix()).toHaveLength(1);
    expect(new Outbox([]).prefix()).toEqual([]);
  });

  it('refuses more while a megabyte waits for the database, and takes it again afterwards', () => {
    const entity = aTicketEntity();
    const mentions = ['x'.repeat(MAX_OUTBOX_BYTES / 4)];
    for (let n = 0; n < 4; n += 1) entity.carryOut({ id: `big${n}`, command: { kind: 'note', by: MIA, messageId: `m${n}`, mentions } }, START);
    expect(entity.check(note(9), START)).toMatchObject({ code: 'busy' });
    // One that it knows is answered still.
    expect(entity.check({ ...note(9), id: 'big1' }, START)).toBeNull();
    entity.projected(projected(entity.state.seq), START);
    expect(entity.check(note(9), START)).toBeNull();
  });
});

it('leaves it Baton’s doing what a held reply does in a run that began before, whose history says so', () => {
  const command = aBirth({ assigneeId: 'opr_mia' });
  const resolvedBy = (edition: Edition) => {
    const entity = TicketEntity.begin({ ticketId: 'tkt_1', teamId: 'team_1', birth: { command, policy: effectivePolicy({}), policyVersion: '1' }, edition });
    entity?.carryOut({ id: 'reply', command: reply({ holdMs: 10_000, status: 'resolved' }) }, START);
    entity?.settle(START + 10_000);
    return entity?.outbox.all.flatMap(({ actor, what }) => (what.kind === 'status_changed' ? [actor.kind] : []));
  };
  expect([resolvedBy(2), resolvedBy(3)]).toEqual([['baton', 'baton'], ['operator', 'operator']]);
});

it('leaves a run that began before as its history says: what it asks at an escalation’s pause, only a run of now asks', () => {
  const command = aBirth({ agentId: 'agt_robin', escalation: { case: null, reason: '' }, customerMessage: { id: 'msg_c0', position: 1, at: START, automated: false, isAnswered: false } });
  const born = (asOf: { edition?: Edition }) =>
    TicketEntity.begin({ ticketId: 'tkt_1', teamId: 'team_1', birth: { command, policy: effectivePolicy({ onEscalate: 'pause', outOfHoursMessage: 'Back on {opening}.' }), policyVersion: '1' }, ...asOf });
  expect([born({})?.state.hoursHeard, born({ edition: 2 })?.state.hoursHeard?.messageId]).toEqual([null, 'msg_c0']);
});
