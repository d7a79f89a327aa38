import { insertMessage } from '#store/message-rows.ts';
import { newId } from '#store/new-id.ts';
import { storedMessage } from '#tests/support/stored-message.ts';
import type { Principal } from '#api/principal.ts';
import type { TestDesk } from '#tests/support/desk.ts';
import { aConversation } from '#tests/support/people.ts';
import type { SetClock } from '#tests/support/set-clock.ts';
import { skipTo } from '#tests/support/skip-time.ts';
import { waitFor } from '#tests/support/wait-for.ts';
import { routerWorkflowId, ticketWorkflowId } from '#workflows/contract/workflow-ids.ts';
import { MINUTE_MS } from '#workflows/domain/instant.ts';
import type { Instant } from '#workflows/domain/instant.ts';
import type { Priority } from '#workflows/domain/priority.ts';
import { owesMeasure } from '#workflows/domain/sla-key.ts';
import type { Command } from '#workflows/domain/ticket-event.ts';
import { handed, Ticket } from './a-life.ts';
import { operatorOf } from './week-team.ts';
import type { Name } from './week-team.ts';

/** `27 08:00` is that day of the week, in UTC: the last days of March 2031 and the first of April. */
export function instant(text: string): Instant {
  const [day = '', time = ''] = text.split(' ');
  return Date.parse(`2031-${Number(day) > 20 ? '03' : '04'}-${day}T${time}:00Z`);
}

/** The same back, to the nearest minute: commands take their instants from clocks that go on while they are carried out. */
export function minuteOf(at: Instant): string {
  const iso = new Date(Math.round(at / MINUTE_MS) * MINUTE_MS).toISOString();
  return `${iso.slice(8, 10)} ${iso.slice(11, 16)}`;
}

/** What happens at an instant, and to which tickets. */
export interface Deed {
  /** `all`: every one that is not finished. */
  readonly tickets: readonly string[] | 'all';
  run(week: Week): Promise<unknown>;
}

export interface Step {
  readonly at: string;
  readonly deeds: readonly Deed[];
}

/** A team that lives through a week: every clock there is, moved to each instant at which something happens. */
export class Week {
  readonly tickets = new Map<string, Ticket>();
  /** From the years before: the clock of a ticket that was just born is in this one only after a while. */
  private readonly arrivals = new Map<string, Promise<void>>();
  readonly admin: Principal;

  constructor(
    readonly desk: TestDesk,
    readonly clock: SetClock,
    readonly teamId: string,
  ) {
    this.admin = { kind: 'key', teamId, keyId: 'key_ofThisWeek', role: 'admin' };
  }

  async lives({ at, deeds }: Step): Promise<void> {
    const now = instant(at);
    this.clock.set(now);
    const concerned = await this.concernedBy(deeds);
    await Promise.all(concerned.map((ticket) => this.moves(ticket, now)));
    await skipTo(this.desk.deps.client, routerWorkflowId(this.teamId), now);
    for (const deed of deeds) await deed.run(this);
    await this.settles(await this.concernedBy(deeds));
  }

  named(name: string): Ticket {
    const ticket = this.tickets.get(name);
    if (ticket === undefined) throw new Error(`there is no ticket ${name} yet`);
    return ticket;
  }

  async opens(name: string, more: { tags?: readonly string[]; priority?: Priority }): Promise<void> {
    const { teamId, desk } = this;
    const { id: conversationId, requesterId } = await aConversation(desk.prisma, { teamId, channel: 'api' });
    const place = { teamId, conversationId, requesterId, channel: 'api', agentId: null } as const;
    const ticket = await Ticket.open(desk, place, { kind: 'requester', id: requesterId }, { at: this.minute, ...more });
    this.tickets.set(name, ticket);
    const arrival = this.moves(ticket, this.minute);
    // Whoever moves it next hears of a failure.
    arrival.catch(() => undefined);
    this.arrivals.set(ticket.id, arrival);
  }

  async hears(name: string): Promise<void> {
    const { place } = this.named(name);
    await handed(this.desk, place, await storedMessage(this.desk.prisma, place, { text: 'Is there any news?', at: new Date(this.clock.now()) }));
  }

  async replies(name: string, who: Name): Promise<void> {
    const { place } = this.named(name);
    const [messageId, by] = [newId('message'), operatorOf(who)];
    const { teamId, conversationId, channel } = place;
    await insertMessage(this.desk.prisma, { id: messageId, teamId, conversationId, author: 'operator', authorId: by.id, channel, text: 'On its way.', at: new Date(this.clock.now()) });
    await this.does(name, { kind: 'reply', by, messageId, takeOver: false, holdMs: 0, status: null, force: false });
  }

  async does(name: string, command: Command): Promise<void> {
    await this.named(name).does(command);
  }

  private async moves({ id }: Ticket, now: Instant): Promise<void> {
    await this.arrivals.get(id);
    await skipTo(this.desk.deps.client, ticketWorkflowId(id), now);
  }

  private get minute(): Instant {
    return instant(minuteOf(this.clock.now()));
  }

  /** Those that something happens to, and those that wait for somebody: the router may choose for them at any step. */
  private async concernedBy(deeds: readonly Deed[]): Promise<Ticket[]> {
    const isForAll = deeds.some(({ tickets }) => tickets === 'all');
    const others = await this.desk.prisma.ticket.findMany({ where: { teamId: this.teamId, isActive: true, ...(!isForAll && { assigneeId: null }) }, select: { id: true } });
    const named = new Set(deeds.flatMap(({ tickets }) => tickets));
    return [...this.tickets].filter(([name, { id }]) => named.has(name) || others.some((one) => one.id === id)).map(([, ticket]) => ticket);
  }

  /** Until everything that follows by itself has followed: what tickets ask and owe, and what the router chose. */
  private async settles(concerned: readonly Ticket[]): Promise<void> {
    const { prisma } = this.desk;
    const { teamId } = this;
    await Promise.all(concerned.map((ticket) => waitFor(() => isAtRest(ticket), `${ticket.id} is at rest`, PATIENCE)));
    await waitFor(
      async () => (await prisma.team.count({ where: { id: teamId, routerDirty: null } })) === 1 && (await prisma.reservation.count({ where: { teamId } })) === 0,
      'the router has looked, and every choice was answered',
      PATIENCE,
    );
  }
}

/** Each look is work for the same two cores. */
const PATIENCE = { withinMs: 60_000, everyMs: 60 };

async function isAtRest(ticket: Ticket): Promise<boolean> {
  const carried = await ticket.carried();
  // Written down by whoever holds it; the ticket makes sure of it later, while the week goes on.
  if (carried === null || (await ticket.row()).lastSeq < carried.state.seq || owesMeasure(carried.state)) return false;
  const { heardId } = carried.state.routing;
  return heardId === null || carried.state.recent.some(([id]) => id === `assignee:${heardId}`);
}
