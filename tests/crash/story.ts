import { z } from 'zod';
import type { PrismaClient } from '#prisma/client.ts';
import { waitFor } from '#tests/support/wait-for.ts';
import type { Chance } from './chance.ts';
import { sendCustomerMail } from './customer-mail.ts';
import { ask, type Credentials, type Definite, type Wish } from './http-client.ts';
import { count, type Ledger } from './ledger.ts';
import type { TeamUnderTest } from './team-under-test.ts';

/** One conversation of the story; by mail it exists only once its first mail was judged. */
export interface Thread {
  readonly name: string;
  readonly channel: 'email' | 'api';
  readonly isServed: boolean;
  /** The customer's address. */
  readonly from: string;
  conversationId: string;
  lastMailId: string | null;
  mails: number;
}

export interface Stage {
  readonly prisma: PrismaClient;
  readonly httpUrl: string;
  readonly smtpPort: number;
  readonly team: TeamUnderTest;
  readonly ledger: Ledger;
  readonly slug: string;
  /** Hand-backs on their way, by conversation: a takeover that is answered meanwhile promises nothing. */
  readonly handingBack: Map<string, number>;
  next(): string;
}

const conversationAnswer = z.object({ id: z.string() }).loose();
const conversationSeen = z.object({ ai: z.object({ epoch: z.number() }).loose(), lastCustomerMessage: z.string().nullable() }).loose();
const replyAnswer = z.object({ message: z.object({ id: z.string() }).loose() }).loose();

/** Opens the four conversations: by mail and by API, each once with an agent and once without. */
export async function openThreads(stage: Stage): Promise<readonly Thread[]> {
  const { slug } = stage;
  const thread = (name: string, channel: Thread['channel'], isServed: boolean): Thread => ({
    name, channel, isServed, from: `${name}@${slug}.customer.test`, conversationId: '', lastMailId: null, mails: 0,
  });
  const threads = [thread('carla', 'email', true), thread('dan', 'email', false), thread('eva', 'api', true), thread('finn', 'api', false)];
  await Promise.all(threads.map((one) => (one.channel === 'email' ? openByMail(stage, one) : openByApi(stage, one))));
  return threads;
}

async function openByMail(stage: Stage, thread: Thread): Promise<void> {
  await customerWrites(stage, thread);
  thread.conversationId = await waitFor(
    async () => (await stage.prisma.inboundMail.findFirst({ where: { teamId: stage.team.teamId, headerId: thread.lastMailId } }))?.conversationId,
    `the first mail of ${thread.name} becomes a conversation`,
    { withinMs: 150_000, everyMs: 100 },
  );
}

async function openByApi(stage: Stage, thread: Thread): Promise<void> {
  const marker = stage.next();
  const answer = await request(stage, stage.team.program, {
    method: 'POST',
    path: '/conversations',
    body: { ...(thread.isServed ? { agentId: stage.team.agentId } : {}), subject: `About ${thread.name}`, requester: { name: thread.name, email: thread.from }, message: marker },
  });
  if (!answer.isDone) throw new Error(`no conversation: ${JSON.stringify(answer.body)}`);
  stage.ledger.written.push({ marker, kind: 'customer' });
  thread.conversationId = conversationAnswer.parse(answer.body).id;
}

/** One thing the customer does: they write. */
export async function customerWrites(stage: Stage, thread: Thread): Promise<void> {
  const marker = stage.next();
  if (thread.channel === 'api') return note(stage, 'customer', marker, await request(stage, stage.team.program, {
    method: 'POST', path: `/conversations/${thread.conversationId}/messages`, body: { author: 'customer', text: marker },
  }));
  // A sender may write 20 mails in ten minutes; more would be kept back.
  if (thread.mails >= 15) return;
  thread.mails += 1;
  const messageId = `<${marker}@customer.test>`;
  const inReplyTo = thread.lastMailId;
  if (inReplyTo === null) thread.lastMailId = messageId;
  await sendCustomerMail(stage.smtpPort, {
    from: thread.from,
    to: thread.isServed ? stage.team.servedAddress : stage.team.unservedAddress,
    messageId,
    ...(inReplyTo === null ? {} : { inReplyTo }),
    subject: `${inReplyTo === null ? '' : 'Re: '}About ${thread.name}`,
    text: marker,
  });
  thread.lastMailId = messageId;
  stage.ledger.mails.push({ messageId, marker });
  count(stage.ledger, 'customer mail');
}

/** One thing the AI agent does: it answers what it has read, or asks for a human. */
export async function agentActs(stage: Stage, thread: Thread, chance: Chance): Promise<void> {
  const { agent } = stage.team;
  const path = `/conversations/${thread.conversationId}`;
  if (chance.oneIn(4)) {
    const reason = stage.next();
    const answer = await request(stage, agent, { method: 'POST', path: `${path}/escalate`, body: { reason } });
    if (answer.isDone) stage.ledger.escalations.push(reason);
    count(stage.ledger, `escalate ${answer.isDone ? 'done' : answer.code}`);
    return;
  }
  const seen = await request(stage, agent, { method: 'GET', path });
  if (!seen.isDone) throw new Error(`the agent cannot read its conversation: ${JSON.stringify(seen.body)}`);
  const { ai, lastCustomerMessage } = conversationSeen.parse(seen.body);
  const marker = stage.next();
  note(stage, 'agent', marker, await request(stage, agent, {
    method: 'POST', path: `${path}/messages`, body: { author: 'agent', text: marker, epoch: ai.epoch, lastSeenMessage: lastCustomerMessage },
  }));
}

/** One thing a person or a program of the team does. */
export async function staffActs(stage: Stage, thread: Thread, { who, chance }: { who: Credentials; chance: Chance }): Promise<void> {
  const ticketId = await ticketOf(stage, thread);
  const conversation = `/conversations/${thread.conversationId}`;
  if (ticketId === null) return takeOver(stage, thread, who, { method: 'POST', path: `${conversation}/takeover`, body: { force: chance.oneIn(2) } });
  const ticket = `/tickets/${ticketId}`;
  const post = (path: string, body: unknown) => request(stage, who, { method: 'POST', path, body });
  switch (chance.below(14)) {
    case 0:
    case 1:
    case 2:
      await reply(stage, thread, { who, ticket, holdMs: 0 });
      return;
    case 3:
    case 4:
      await reply(stage, thread, { who, ticket, holdMs: 200 + chance.below(600) });
      return;
    case 5:
      return withdrawn(stage, thread, { who, ticket });
    case 6:
    case 7:
      return writeNote(stage, thread, who);
    case 8: {
      const subject = stage.next();
      const answer = await request(stage, who, { method: 'PATCH', path: ticket, body: { subject } });
      if (answer.isDone) stage.ledger.subjects.push(subject);
      return count(stage.ledger, `subject ${answer.isDone ? 'done' : answer.code}`);
    }
    case 9: {
      const until = Date.now() + 400 + chance.below(1_500);
      const answer = await post(`${ticket}/snooze`, { until: new Date(until).toISOString() });
      if (answer.isDone) stage.ledger.snoozes.push(until);
      return count(stage.ledger, `snooze ${answer.isDone ? 'done' : answer.code}`);
    }
    case 10:
      return takeOver(stage, thread, who, { method: 'POST', path: `${conversation}/takeover`, body: { force: chance.oneIn(2) } });
    case 11:
      return handBack(stage, thread, who, { method: 'POST', path: `${conversation}/resume`, body: {} });
    case 12: {
      const assignee = chance.pick([stage.team.mia.operatorId, stage.team.noah.operatorId, null]);
      const answer = await post(`${ticket}/assign`, { assignee });
      return count(stage.ledger, `assign ${answer.isDone ? 'done' : answer.code}`);
    }
    default: {
      const status = chance.pick(['on_you', 'on_you', 'on_hold', 'resolved', 'closed', 'cancelled'] as const);
      const wish: Wish = { method: 'POST', path: `${ticket}/status`, body: { status } };
      if (status === 'on_you' || status === 'on_hold') {
        const answer = await request(stage, who, wish);
        return count(stage.ledger, `status ${answer.isDone ? 'done' : answer.code}`);
      }
      return handBack(stage, thread, who, wish);
    }
  }
}

/** Makes a history long: what continue-as-new needs. */
export async function writeNote(stage: Stage, thread: Thread, who: Credentials): Promise<void> {
  const ticketId = await ticketOf(stage, thread);
  if (ticketId === null) return;
  const marker = stage.next();
  note(stage, 'note', marker, await request(stage, who, { method: 'POST', path: `/tickets/${ticketId}/notes`, body: { text: marker } }));
}

interface Reply {
  readonly who: Credentials;
  readonly ticket: string;
  readonly holdMs: number;
}

async function reply(stage: Stage, thread: Thread, { who, ticket, holdMs }: Reply): Promise<{ marker: string; messageId: string } | null> {
  const marker = stage.next();
  const answer = await request(stage, who, { method: 'POST', path: `${ticket}/reply`, body: { text: marker, takeOver: thread.isServed, force: true, holdMs } });
  note(stage, 'operator', marker, answer);
  if (!answer.isDone) return null;
  if (thread.isServed) promiseSilence(stage, thread, answer);
  return { marker, messageId: replyAnswer.parse(answer.body).message.id };
}

async function withdrawn(stage: Stage, thread: Thread, { who, ticket }: Omit<Reply, 'holdMs'>): Promise<void> {
  const held = await reply(stage, thread, { who, ticket, holdMs: 60_000 });
  if (held === null) return;
  const answer = await request(stage, who, { method: 'POST', path: `${ticket}/messages/${held.messageId}/withdraw`, body: {} });
  if (answer.isDone) stage.ledger.withdrawn.push(held.marker);
  count(stage.ledger, `withdraw ${answer.isDone ? 'done' : answer.code}`);
}

async function takeOver(stage: Stage, thread: Thread, who: Credentials, wish: Wish): Promise<void> {
  const answer = await request(stage, who, wish);
  if (answer.isDone) promiseSilence(stage, thread, answer);
  count(stage.ledger, `takeover ${answer.isDone ? 'done' : answer.code}`);
}

/** From here on the AI is quiet, unless somebody is handing the conversation back at this very moment. */
function promiseSilence({ ledger, handingBack }: Stage, { conversationId }: Thread, { answeredAt, sentAt }: Definite): void {
  if ((handingBack.get(conversationId) ?? 0) > 0) return;
  // A hand-back that began while the takeover was under way may have come after it.
  if (ledger.silences.some((one) => one.conversationId === conversationId && one.until !== null && one.until >= sentAt)) return;
  ledger.silences.push({ conversationId, from: answeredAt, until: null });
}

async function handBack(stage: Stage, { conversationId }: Thread, who: Credentials, wish: Wish): Promise<void> {
  const { handingBack, ledger } = stage;
  handingBack.set(conversationId, (handingBack.get(conversationId) ?? 0) + 1);
  for (const one of ledger.silences) if (one.conversationId === conversationId) one.until ??= Date.now();
  const answer = await request(stage, who, wish);
  // The takeovers that are under way now were perhaps decided before it: they promise nothing.
  ledger.silences.push({ conversationId, from: Date.now(), until: Date.now() });
  handingBack.set(conversationId, (handingBack.get(conversationId) ?? 1) - 1);
  count(ledger, `hand back ${answer.isDone ? 'done' : answer.code}`);
}

async function ticketOf({ prisma }: Stage, { conversationId }: Thread): Promise<string | null> {
  const row = await prisma.conversation.findUnique({ where: { id: conversationId }, select: { lastTicketId: true } });
  return row?.lastTicketId ?? null;
}

function note({ ledger }: Stage, kind: Ledger['written'][number]['kind'], marker: string, { isDone, code, body }: Definite): void {
  if (code === 'internal' || code === 'not_found' || code === 'invalid' || code === 'malformed') throw new Error(`${kind}: ${JSON.stringify(body)}`);
  if (isDone) ledger.written.push({ marker, kind });
  else ledger.refused.push({ marker, code });
  count(ledger, `${kind} message ${isDone ? 'done' : code}`);
}

function request({ httpUrl }: Stage, who: Credentials, wish: Wish): Promise<Definite> {
  return ask(httpUrl, who, wish);
}
