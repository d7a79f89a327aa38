import { beBorn } from '#workflows/domain/birth.ts';
import type { Actor } from '#workflows/domain/actor.ts';
import type { Change, Happening } from '#workflows/domain/change.ts';
import { decide, settle, type Decision } from '#workflows/domain/decide.ts';
import { effectivePolicy, type Policy } from '#workflows/domain/policy.ts';
import type { Decided } from '#workflows/domain/scribe.ts';
import type { Status } from '#workflows/domain/status.ts';
import type { Birth, Command, TicketEvent } from '#workflows/domain/ticket-event.ts';
import type { TicketState } from '#workflows/domain/ticket-state.ts';

export const MIA: Actor = { kind: 'operator', id: 'opr_mia' };
export const TOM: Actor = { kind: 'operator', id: 'opr_tom' };
export const KEY: Actor = { kind: 'key', id: 'key_1' };
export const ROBIN: Actor = { kind: 'agent', id: 'agt_robin' };
export const CARLA: Actor = { kind: 'requester', id: 'req_carla' };
export const START = Date.UTC(2026, 0, 5, 9);

/** A birth in which nothing but `more` is special. */
export function aBirth(more: Partial<Birth> = {}): Birth {
  return {
    ticketId: 'tkt_1',
    teamId: 'team_1',
    conversationId: 'cnv_1',
    generation: 1,
    requesterId: 'req_carla',
    agentId: null,
    channel: 'email',
    origin: 'email',
    linkedTicketId: null,
    subject: 'My order',
    priority: null,
    tags: [],
    assigneeId: null,
    by: CARLA,
    at: START,
    customerMessage: null,
    escalation: null,
    takenBy: null,
    firstReply: null,
    ...more,
  };
}

/** A ticket's life in a test: what happens to it, at which minute, and what it became. */
export class Life {
  policy: Policy;
  changes: Change[];
  state: TicketState;
  now = START;

  constructor(birth: Partial<Birth> = {}, policy: Partial<Policy> = {}, patch: Partial<TicketState> = {}) {
    this.policy = effectivePolicy(policy);
    const born = beBorn(aBirth(birth), { policy: this.policy, policyVersion: '1' });
    this.changes = [...born.changes];
    this.state = { ...born.state, ...patch };
  }

  /** Time passes, and what comes due in it happens. */
  passes(ms: number): this {
    this.now += ms;
    this.take(settle(this.state, { policy: this.policy, at: this.now }));
    return this;
  }

  /** From now on it follows another policy. */
  follows(policy: Partial<Policy>): this {
    this.policy = effectivePolicy(policy);
    return this;
  }

  /** Something happens now; it must not be refused. */
  then(event: TicketEvent): this {
    const decision = this.attempt(event);
    if (!decision.ok) throw new Error(`refused: ${decision.code}: ${decision.detail}`);
    this.take(decision);
    return this;
  }

  /** Something is asked now that changes nothing here: says what the answer would be. */
  attempt(event: TicketEvent): Decision {
    return decide(this.state, event, { policy: this.policy, at: this.now });
  }

  /** The code of the refusal, `ok` for none. */
  codeOf(event: TicketEvent): string {
    const decision = this.attempt(event);
    return decision.ok ? 'ok' : decision.code;
  }

  get kinds(): Happening['kind'][] {
    return this.changes.map(({ what }) => what.kind);
  }

  last<K extends Happening['kind']>(kind: K): Extract<Happening, { kind: K }> | undefined {
    const found = this.changes.map(({ what }) => what).filter((what): what is Extract<Happening, { kind: K }> => what.kind === kind);
    return found[found.length - 1];
  }

  count(kind: Happening['kind']): number {
    return this.kinds.filter((one) => one === kind).length;
  }

  private take({ state, changes }: Decided): void {
    this.state = state;
    this.changes.push(...changes);
  }
}

/** A ticket that is there already, in the state that matters. Without more: a mail that nobody has touched. */
export function aTicket({ status = 'new', policy = {}, birth = {}, ...patch }: Partial<TicketState> & { status?: Status; policy?: Partial<Policy>; birth?: Partial<Birth> } = {}): Life {
  return new Life(birth, policy, {
    status,
    statusSince: START,
    ladder: status === 'on_customer' ? { done: 0, since: START } : null,
    ...patch,
  });
}

/** A chat that an AI agent answers. */
export function aServedTicket(more: Parameters<typeof aTicket>[0] = {}): Life {
  return aTicket({ agentId: 'agt_robin', channel: 'live_chat', ...more });
}

export function paused(by: Actor, reason: 'takeover' | 'reply' | 'escalated' | 'reopened' | 'by_hand' = 'takeover', resumeAt?: number): Pick<TicketState, 'mode' | 'modeSeq'> {
  return { mode: { kind: 'paused', by, reason, since: START, ...(resumeAt === undefined ? {} : { resumeAt }) }, modeSeq: 1 };
}

let written = 0;

export function wrote(messageId = `msg_c${++written}`, more: Partial<Extract<Command, { kind: 'customer_message' }>> = {}): Extract<Command, { kind: 'customer_message' }> {
  return { kind: 'customer_message', by: CARLA, messageId, position: ++written, automated: false, ...more };
}

export function reply(more: Partial<Extract<Command, { kind: 'reply' }>> = {}): Extract<Command, { kind: 'reply' }> {
  return { kind: 'reply', by: MIA, messageId: 'msg_r1', takeOver: false, holdMs: 0, status: null, force: false, ...more };
}

export function setStatus(to: Status, more: { by?: Actor; generation?: number } = {}): Extract<Command, { kind: 'set_status' }> {
  return { kind: 'set_status', by: MIA, to, ...more };
}

export function takeOver(by: Actor = MIA, force = false): Extract<Command, { kind: 'take_over' }> {
  return { kind: 'take_over', by, force };
}

export function answered(lastSeenMessage: string | null, messageId = 'msg_ai1'): Extract<TicketEvent, { kind: 'ai_answered' }> {
  return { kind: 'ai_answered', by: ROBIN, messageId, lastSeenMessage };
}
