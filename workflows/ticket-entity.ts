import { ApplicationFailure } from '@temporalio/workflow';
import { beBorn } from './domain/birth.ts';
import { type Deadline, deadlinesOf } from './domain/deadlines.ts';
import { decide, settle } from './domain/decide.ts';
import type { Edition } from './domain/edition.ts';
import type { Refusal } from './domain/errors.ts';
import { type Instant, MINUTE_MS } from './domain/instant.ts';
import type { Policy } from './domain/policy.ts';
import type { Decided } from './domain/scribe.ts';
import type { TicketEvent } from './domain/ticket-event.ts';
import { isOpen } from './domain/status.ts';
import { completed } from './domain/stored-state.ts';
import type { TicketState } from './domain/ticket-state.ts';
import type { Projected, ProjectRequest } from './contract/activity-types.ts';
import type { Answer, Carried, CommandMessage, FactMessage, LeavesWriting, TicketInput } from './contract/ticket-messages.ts';
import { Outbox } from './outbox.ts';

/**
 * So long a ticket leaves its changes to whoever holds its answer and writes them down, before it makes sure of it
 * itself: once for a burst of commands, and not once for each. What a dead holder left undone the sweeper finds long before (decision 091).
 */
export const LEFT_TO_HOLDER_MS = 10 * MINUTE_MS;
/** So long in runs of before, when nobody else looked after it. */
export const LEFT_IN_OLD_RUNS_MS = 3_000;
/** So many changes are not left any longer: each answer carries them. */
const MOST_LEFT = 30;

/** More than one run takes: within a run Temporal knows repeated ids itself. */
const RECENT_KEPT = 100;

/** One ticket: its state, what of it is not yet written down, and how events change it. Knows nothing of Temporal's loop. */
export class TicketEntity {
  /** Until when somebody else is writing the outbox down; null: nobody is. */
  private leftUntil: Instant | null = null;
  /** The last change that is being written down just now, in a run that tells its bursts apart; 0: none is. */
  private writingUpTo = 0;

  private constructor(
    private current: TicketState,
    private followed: Policy,
    readonly outbox: Outbox,
    private readonly leavesWriting: LeavesWriting,
    private readonly edition: Edition,
  ) {}

  static begin({ birth, carried, leavesWriting = false, edition = 1 }: TicketInput): TicketEntity | null {
    if (carried !== undefined) return new TicketEntity(completed(carried.state), carried.policy, new Outbox(carried.outbox), leavesWriting, edition);
    if (birth === undefined) return null;
    const { command, policy, policyVersion } = birth;
    const born = beBorn(command, { policy, policyVersion, edition });
    return new TicketEntity(born.state, policy, new Outbox(born.changes), leavesWriting, edition);
  }

  static loaded({ state, policy }: { state: TicketState; policy: Policy }, { leavesWriting = false, edition = 1 }: Pick<TicketInput, 'leavesWriting' | 'edition'> = {}): TicketEntity {
    return new TicketEntity(completed(state), policy, new Outbox([]), leavesWriting, edition);
  }

  get state(): TicketState {
    return this.current;
  }

  get nextDeadline(): Deadline | null {
    return deadlinesOf(this.current, this.followed)[0] ?? null;
  }

  /** For how many milliseconds yet somebody else is writing the outbox down; 0: it must be written now. */
  leftFor(now: Instant): number {
    return Math.max((this.leftUntil ?? now) - now, 0);
  }

  /** Somebody else was to write the outbox down, in time or not. */
  get isLeft(): boolean {
    return this.leftUntil !== null;
  }

  /** Something waits for the outbox to be written: a reply to be sent, a sleep or an end to begin, or whoever would have to be told ever more. */
  get isWritingAwaited(): boolean {
    const { deliveries, snooze, status } = this.current;
    if (Object.entries(deliveries).some(([messageId, { stage }]) => stage === 'due' && this.outbox.concerns(messageId))) return true;
    return this.leavesWriting === 'for_long' && (snooze !== null || !isOpen(status) || this.outbox.all.length >= MOST_LEFT);
  }

  /** Snoozed, and written down: nothing happens to it for a while. */
  get isAsleep(): boolean {
    return this.current.snooze !== null && this.outbox.isEmpty;
  }

  /** A delivery of its own will still report: the run stays for it. */
  get awaitsReport(): boolean {
    return Object.keys(this.current.deliveries).length > 0;
  }

  /** The validator's half: says what `command` would refuse, and changes nothing. */
  check({ id, command }: CommandMessage, now: Instant): Refusal | null {
    if (this.seqAfter(id) !== null) return null;
    if (this.outbox.isFull) {
      return { ok: false, code: 'busy', detail: 'Too much of this ticket is waiting for the database. Try again shortly.', retryAfter: 5 };
    }
    const decision = decide(this.current, command, { policy: this.followed, at: now, edition: this.edition });
    return decision.ok ? null : decision;
  }

  /** Carries a command out, or throws the refusal as an ApplicationFailure: only such fail an Update. */
  carryOut(message: CommandMessage, now: Instant): Answer {
    const taken = this.seqAfter(message.id);
    if (taken !== null) return this.answer(taken, message, this.current.seq);
    const { seq: seqBefore, status: statusBefore } = this.current;
    // What was to be written at once stays so; what is left to an earlier holder waits no longer for this one.
    const leftUntil = this.isBurstBegun ? this.leftUntil : now + (this.leavesWriting === 'for_long' ? LEFT_TO_HOLDER_MS : LEFT_IN_OLD_RUNS_MS);
    const refusal = this.check(message, now) ?? this.apply(message.id, message.command, { at: now, now });
    if (refusal !== null) throw refusalFailure(refusal);
    // A look is noted nowhere, and a ticket that was reopened hears from its projection which settings it follows now: neither is left for minutes.
    const isLeft = this.leavesWriting === 'for_long' ? message.command.kind !== 'look' && isOpen(statusBefore) : this.leavesWriting;
    if (isLeft !== false) this.leftUntil = leftUntil;
    return this.answer(this.current.seq, message, seqBefore);
  }

  /** Takes a fact; one that was taken before, or that the state does not care about, changes nothing. */
  learn({ id, fact, at }: FactMessage, now: Instant): void {
    if (this.seqAfter(id) !== null) return;
    if (fact.kind === 'unwritten') {
      this.leftUntil = null;
      return;
    }
    this.apply(id, fact, { at: Math.min(at ?? now, now), now });
    if (fact.kind === 'policy_changed' && this.current.policyVersion === fact.version) this.followed = fact.policy;
  }

  /** Settles the deadlines that have come. */
  settle(now: Instant): void {
    this.accept(settle(this.current, { policy: this.followed, at: now, edition: this.edition }));
  }

  /** What is written down next. `projected` or `notProjected` says how that ended. */
  beginWriting(): ProjectRequest {
    const changes = this.outbox.prefix();
    if (this.leavesWriting === 'anew' || this.leavesWriting === 'for_long') this.writingUpTo = changes.at(-1)?.seq ?? 0;
    return { state: this.current, changes };
  }

  /** Nobody knows what was written: it is tried again, with what came meanwhile, and waits for no holder. */
  notProjected(): void {
    this.writingUpTo = 0;
    this.leftUntil = null;
  }

  projected(result: Projected, now: Instant): void {
    this.writingUpTo = 0;
    if (result.kind === 'diverged') {
      // Deadlines that came meanwhile first: they, too, get their numbers above the other history.
      this.settle(now);
      this.outbox.renumber(result.lastSeq);
      const lastSeq = result.lastSeq + this.outbox.all.length;
      this.apply(`diverged:${lastSeq}:${this.current.seq}`, { kind: 'diverged', lastSeq }, { at: now, now });
      return;
    }
    this.outbox.drop(result.lastSeq);
    if (result.policy !== null && result.policy.version !== this.current.policyVersion) {
      // The old policy holds up to here: a window that the new one shortens ends now, not in the past.
      this.apply(`policy:${result.policy.version}`, { kind: 'policy_changed', ...result.policy }, { at: now, now });
      this.followed = result.policy.policy;
    }
  }

  /** The mail's own workflow has it now: told by its report, not by trying again here. */
  handOver(messageId: string): void {
    const owed = this.current.deliveries[messageId];
    if (owed?.stage !== 'retrying') return;
    this.current = { ...this.current, deliveries: { ...this.current.deliveries, [messageId]: { ...owed, stage: 'handed_over' } } };
  }

  carry(): Carried {
    return { state: this.current, policy: this.followed, outbox: this.outbox.all };
  }

  /** Something waits to be written down that no writing under way has with it. */
  private get isBurstBegun(): boolean {
    return this.outbox.all.some(({ seq }) => seq > this.writingUpTo);
  }

  /** Who saw more written than there was has another history before them: they are told everything, and find out. */
  private answer(seq: number, { written = 0 }: CommandMessage, known: number): Answer {
    return { state: this.current, outbox: this.outbox.all.filter((row) => row.seq > (written <= known ? written : 0)), seq };
  }

  private apply(id: string, event: TicketEvent, { at, now }: { at: Instant; now: Instant }): Refusal | null {
    const decision = decide(this.current, event, { policy: this.followed, at, now, edition: this.edition });
    if (!decision.ok) return decision;
    this.accept(decision);
    // Looking changes nothing, and a measure counts by its own revision: their ids would push out those that matter.
    if (event.kind !== 'look' && event.kind !== 'clocks_measured') {
      const recent = [...this.current.recent, [id, this.current.seq] as const].slice(-RECENT_KEPT);
      this.current = { ...this.current, recent };
    }
    return null;
  }

  private accept({ state, changes }: Decided): void {
    this.current = state;
    this.outbox.add(changes);
    if (changes.length > 0) this.leftUntil = null;
  }

  private seqAfter(id: string): number | null {
    return this.current.recent.find(([known]) => known === id)?.[1] ?? null;
  }
}

/** A refusal as Temporal carries it: its code is the failure's type, the whole refusal its detail. */
export function refusalFailure(refusal: Refusal): ApplicationFailure {
  return ApplicationFailure.create({ message: refusal.detail, type: refusal.code, nonRetryable: true, details: [refusal] });
}
