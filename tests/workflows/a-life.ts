import { newId } from '#store/new-id.ts';
import { detectLanguage } from '#store/languages/detect-language.ts';
import type { BirthWish } from '#store/generations.ts';
import { insertMessage } from '#store/message-rows.ts';
import { openTicket } from '#switchboard/births.ts';
import { handOver } from '#switchboard/hand-over.ts';
import { commandTicket, tellTicket } from '#switchboard/tickets.ts';
import { skipTime } from '#tests/support/skip-time.ts';
import { aConversation, anAgent, anOperator, aTeam } from '#tests/support/people.ts';
import { storedMessage } from '#tests/support/stored-message.ts';
import type { TestDesk } from '#tests/support/desk.ts';
import { waitFor } from '#tests/support/wait-for.ts';
import type { PolicyOverrides } from '#workflows/contract/settings.ts';
import type { Answer, Carried } from '#workflows/contract/ticket-messages.ts';
import { ticketWorkflowId } from '#workflows/contract/workflow-ids.ts';
import type { Actor } from '#workflows/domain/actor.ts';
import type { Channel } from '#workflows/domain/channel.ts';
import type { Result } from '#workflows/domain/errors.ts';
import type { Command, Fact } from '#workflows/domain/ticket-event.ts';
import { stateQuery } from '#workflows/messages.ts';

export interface Place {
  readonly teamId: string;
  readonly conversationId: string;
  readonly requesterId: string;
  readonly channel: Channel;
  readonly agentId: string | null;
}

/** A team with one operator and one conversation, and no ticket yet. */
export async function aPlace({ prisma }: TestDesk, { channel = 'api', policy }: { channel?: Channel; policy?: PolicyOverrides } = {}): Promise<Place & { mia: Actor & { kind: 'operator' } }> {
  const teamId = await aTeam(prisma);
  const agentId = policy === undefined ? null : await anAgent(prisma, teamId, policy);
  const { id: conversationId, requesterId } = await aConversation(prisma, { teamId, agentId, channel });
  return { teamId, conversationId, requesterId, channel, agentId, mia: { kind: 'operator', id: await anOperator(prisma, teamId) } };
}

/** Carla writes: the row first, then whoever has to know. Returns the ticket that took it. */
export async function say({ deps, prisma }: TestDesk, place: Place, text = 'Where is my order?'): Promise<{ messageId: string; ticketId: string | null }> {
  const messageId = newId('message');
  const language = await detectLanguage(text);
  // As a sender does: again under the same id, where a busy machine was too slow.
  await waitFor(() => storedMessage(prisma, place, { id: messageId, text, language }), 'what she writes is stored');
  return { messageId, ticketId: await handed({ deps }, place, messageId) };
}

export async function handed({ deps }: Pick<TestDesk, 'deps'>, { teamId }: Place, messageId: string): Promise<string | null> {
  // As a sender does: again, where a busy machine was too slow.
  const result = await waitFor(() => handOver(deps, { teamId, messageId }), 'it is handed over');
  if (!result.ok) throw new Error(`${result.code}: ${result.detail}`);
  return result.value.ticketId;
}

export function aWish({ teamId, conversationId }: Place, by: Actor, more: Partial<BirthWish> = {}): BirthWish {
  return {
    ticketId: newId('ticket'),
    teamId,
    conversationId,
    origin: 'api',
    priority: null,
    tags: [],
    assigneeId: null,
    by,
    at: Date.now(),
    escalation: null,
    takenBy: null,
    firstReply: null,
    heeds: 'newest',
    ...more,
  };
}

/** One ticket in a test, on the real stack. */
export class Ticket {
  constructor(
    readonly desk: TestDesk,
    readonly place: Place,
    readonly id: string,
  ) {}

  static async open(desk: TestDesk, place: Place, by: Actor, more: Partial<BirthWish> = {}): Promise<Ticket> {
    const opened = await openTicket(desk.deps, aWish(place, by, more));
    if (!opened.ok) throw new Error(`${opened.code}: ${opened.detail}`);
    return new Ticket(desk, place, opened.value.ticketId);
  }

  /** The first ticket of a customer of their own, in a new conversation. */
  static async ofSomebodyElse(desk: TestDesk, place: Place, text?: string): Promise<Ticket> {
    const { id: conversationId, requesterId } = await aConversation(desk.prisma, { teamId: place.teamId, channel: place.channel });
    const own = { ...place, conversationId, requesterId };
    return new Ticket(desk, own, (await say(desk, own, text)).ticketId ?? '');
  }

  command(command: Command, id: string = newId('message')): Promise<Result<Answer>> {
    return commandTicket(this.desk.deps, { teamId: this.place.teamId, ticketId: this.id }, { id, command });
  }

  /** A command that must not be refused. */
  async does(command: Command, id?: string): Promise<Answer> {
    const result = await this.command(command, id);
    if (!result.ok) throw new Error(`${command.kind}: ${result.code}: ${result.detail}`);
    return result.value;
  }

  async tell(fact: Fact, id: string = newId('message')): Promise<void> {
    await tellTicket(this.desk.deps, { teamId: this.place.teamId, ticketId: this.id }, { id, fact });
  }

  /** An operator's text is stored before the ticket is told. */
  async writes(by: Actor & { kind: 'operator' }, text: string, kind: 'message' | 'note' = 'message'): Promise<string> {
    const id = newId('message');
    const { teamId, conversationId, channel } = this.place;
    await insertMessage(this.desk.prisma, { id, teamId, conversationId, author: 'operator', authorId: by.id, channel, text, kind, at: new Date() });
    return id;
  }

  async replies(by: Actor & { kind: 'operator' }, more: Partial<Extract<Command, { kind: 'reply' }>> = {}): Promise<string> {
    const messageId = await this.writes(by, 'On its way.');
    await this.does({ kind: 'reply', by, messageId, takeOver: false, holdMs: 0, status: null, force: false, ...more });
    return messageId;
  }

  row() {
    return this.desk.prisma.ticket.findUniqueOrThrow({ where: { id: this.id } });
  }

  /** The timeline's entries of this ticket, in order. */
  async timeline(): Promise<{ seq: number | null; kind: string; at: Date; data: unknown }[]> {
    return this.desk.prisma.timelineEntry.findMany({ where: { ticketId: this.id }, orderBy: { seq: 'asc' }, select: { seq: true, kind: true, at: true, data: true } });
  }

  async kinds(): Promise<string[]> {
    return (await this.timeline()).map(({ kind }) => kind);
  }

  skips(ms: number): Promise<void> {
    return skipTime(this.desk.deps.client, this.id, ms);
  }

  carried(): Promise<Carried | null> {
    return this.desk.deps.client.workflow.getHandle(ticketWorkflowId(this.id)).query(stateQuery);
  }

  async isRunning(): Promise<boolean> {
    const { status } = await this.desk.deps.client.workflow.getHandle(ticketWorkflowId(this.id)).describe();
    return status.name === 'RUNNING';
  }

  async runId(): Promise<string> {
    return (await this.desk.deps.client.workflow.getHandle(ticketWorkflowId(this.id)).describe()).runId;
  }

  /** How many events its newest run has. */
  async historyLength(): Promise<number> {
    return (await this.desk.deps.client.workflow.getHandle(ticketWorkflowId(this.id)).describe()).historyLength;
  }

  /** Waits until its clocks are measured, and for the end of the task that armed their timer: time must not be skipped before. */
  async measured() {
    const inForce = await waitFor(async () => {
      const state = (await this.carried())?.state;
      return state?.sla?.measured?.revision === state?.sla?.revision && state?.slaInForce;
    }, 'its clocks are measured');
    await this.does({ kind: 'look' });
    return inForce;
  }

  becomes(status: string): Promise<true> {
    return waitFor(async () => (await this.row()).status === status, `the ticket is ${status}`);
  }

  ends(): Promise<true> {
    return waitFor(async () => !(await this.isRunning()), 'the ticket’s run has ended');
  }
}

export function aNote(by: Actor, messageId: string, mentions: readonly string[] = []): Command {
  return { kind: 'note', by, messageId, mentions };
}

/** Rows 1 to n without a gap, instants in order: what every timeline must be. */
export function isDense(rows: readonly { seq: number | null; at: Date }[]): boolean {
  return rows.every(({ seq, at }, index) => seq === index + 1 && at >= (rows[index - 1]?.at ?? new Date(0)));
}
