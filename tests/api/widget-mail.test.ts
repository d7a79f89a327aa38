import { isGrpcServiceError, WorkflowNotFoundError } from '@temporalio/client';
import { askWidget } from '#activities/delivery/ask-widget.ts';
import { createAddress } from '#api/agents/addresses.ts';
import { postMessage } from '#api/conversations/post-message.ts';
import { resumeAi } from '#api/conversations/resume-ai.ts';
import { takeOver } from '#api/conversations/take-over.ts';
import { conversation } from '#api/queries/conversation.ts';
import { notifications } from '#api/queries/notifications.ts';
import { timeline } from '#api/queries/timeline.ts';
import { reply } from '#api/tickets/reply.ts';
import { withdrawReply } from '#api/tickets/withdraw-reply.ts';
import { claimAiDelivery, endAiClaim } from '#prisma/store/ai-claims.ts';
import { setDelivery } from '#prisma/store/deliveries.ts';
import { unsettled } from '#prisma/store/unsettled.ts';
import { followWidgetReply } from '#switchboard/deliveries.ts';
import { acceptMail } from '#switchboard/intake.ts';
import { continueWorkflowId } from '#workflows/contract/workflow-ids.ts';
import { aMail } from '#tests/activities/a-mail.ts';
import { anApi, type TestApi } from '#tests/support/api.ts';
import { skipTimeOf } from '#tests/support/skip-time.ts';
import { aShopTeam } from '#tests/support/shop-team.ts';
import { value } from '#tests/support/team.ts';
import { waitFor } from '#tests/support/wait-for.ts';
import { textsIn } from '#tests/support/widget.ts';
import { aKey } from './ticket-world.ts';

let api: TestApi;
beforeAll(async () => {
  api = await anApi({ withWorker: true, answerWithinMs: 20_000 });
}, 60_000);
afterAll(() => api.close());

const MINUTES_MS = 60_000;

/** A chat that a person has, whose customer has left an address; an agent serves its widget. */
async function aChat() {
  const { team, admin, robin, page } = await aShopTeam(api);
  const address = `help@${team.slug}.example`;
  value(await createAddress(api.deps, admin.principal, { address, isDefault: true }));
  const shop = await page();
  await shop.say('My lamp is dark');
  const email = `jane@${team.slug}.customer.example`;
  await shop.ask('POST /email', { email });
  const { id } = await waitFor(() => api.deps.prisma.conversation.findFirst({ where: { teamId: team.id } }), 'the conversation');
  const ticket = value(await takeOver(api.deps, admin.principal, id, { force: true }, aKey()));
  const answer = async (text: string, holdMs = 0) => value(await reply(api.deps, admin.principal, ticket.id, { text, holdMs, force: true, takeOver: true }, aKey())).message.id;
  const mails = async () => {
    const found = await api.deps.mail.mailbox?.list(100);
    return (found ?? []).filter(({ to }) => to.includes(email));
  };
  return { team, admin: admin.principal, robin, shop, ticket, conversationId: id, email, answer, mails };
}

type Chat = Awaited<ReturnType<typeof aChat>>;

/** A person's answer leaves by mail; gives its Message-ID, and the address at which the customer answers it. */
async function aMailedAnswer({ answer, mails }: Chat, text: string): Promise<{ inReplyTo: string; replyTo: string; raw: string }> {
  const messageId = await answer(text);
  expect(await mails()).toEqual([]);
  await minutesPass(messageId, 3);
  const mail = await waitFor(async () => (await mails())[0], 'the mail');
  expect(mail.messageId).toContain(messageId);
  await waitFor(async () => (await api.deps.prisma.message.findUniqueOrThrow({ where: { id: messageId } })).delivery === 'sent', 'it is said to be sent');
  const raw = await rawOf(mail.id);
  const line = /^Reply-To: (.*)$/im.exec(raw.replaceAll(/\r?\n[ \t]+/g, ''))?.[1] ?? '';
  return { inReplyTo: mail.messageId, replyTo: /<([^>]+)>/.exec(line)?.[1] ?? line.trim(), raw };
}

async function rawOf(mailId: string): Promise<string> {
  const read = await api.deps.mail.mailbox?.read(mailId);
  return ((await read?.stream.toArray()) ?? []).join('');
}

/** The customer answers a mail of ours, and it is in the chat's ticket. */
async function answersByMail({ email, conversationId, ticket }: Chat, { inReplyTo, replyTo }: { inReplyTo: string; replyTo: string }, text: string): Promise<void> {
  expect(replyTo).toContain('+');
  expect(await acceptMail(api.deps, aMail({ from: `Jane <${email}>`, to: replyTo, subject: 'Re: My lamp is dark', text, inReplyTo }))).toBe('durable');
  await waitFor(() => api.deps.prisma.message.findFirst({ where: { conversationId, author: 'customer', channel: 'email', handedAt: { not: null }, ticketId: ticket.id } }), 'the answer in the same ticket');
}

/** Robin has the conversation again, and answers what is there. */
async function answersAsAgent({ robin, admin, conversationId }: Chat, text: string): Promise<string> {
  value(await resumeAi(api.deps, admin, conversationId, aKey()));
  const { ai, lastCustomerMessage } = value(await conversation(api.deps, robin, conversationId));
  return value(await postMessage(api.deps, robin, conversationId, { author: 'agent', text, epoch: ai.epoch, lastSeenMessage: lastCustomerMessage }, aKey())).id;
}

/** So long ago that a widget counts as gone: rows are moved, and then the clock of the workflow that waits. */
async function minutesPass(messageId: string, minutes: number): Promise<void> {
  const ago = new Date(Date.now() - minutes * MINUTES_MS);
  await api.deps.prisma.message.updateMany({ where: { id: messageId, releasedAt: { not: null } }, data: { releasedAt: ago } });
  await api.deps.prisma.widgetVisitor.updateMany({ where: { connectedUntil: { lt: new Date() } }, data: { connectedUntil: ago } });
  const workflowId = continueWorkflowId(messageId);
  // On a busy machine its first look may come only now, and find the minutes over.
  const { status } = await api.deps.client.workflow.getHandle(workflowId).describe();
  if (status.name === 'RUNNING') await skipTimeOf(api.deps.client, workflowId, minutes * MINUTES_MS).catch(ignoreEnded);
}

async function handedAt(messageId: string): Promise<Date | null> {
  return (await api.deps.prisma.message.findUniqueOrThrow({ where: { id: messageId } })).handedAt;
}

const NOT_FOUND = 5;

function ignoreEnded(error: unknown): void {
  if (!isGrpcServiceError(error) || Number(error.code) !== NOT_FOUND) throw error;
}

it('mails a person’s answer to who has left the chat, and takes their answer into the same conversation', async () => {
  const chat = await aChat();
  const sent = await aMailedAnswer(chat, 'It needs a new bulb.');
  expect(sent.raw).toContain('It needs a new bulb.');
  await answersByMail(chat, sent, 'Which one?');
  expect((await chat.shop.read()).messages.map(({ from, text }) => [from, text.trim()])).toEqual([['you', 'My lamp is dark'], ['person', 'It needs a new bulb.'], ['you', 'Which one?']]);
  // The thread goes on, at once: who answered by mail is not in the chat. The next mail answers theirs.
  await chat.answer('An E27.');
  const [next] = await waitFor(async () => ((await chat.mails()).length > 1 ? chat.mails() : null), 'the second mail');
  expect(await rawOf(next?.id ?? '')).toMatch(/^In-Reply-To: /im);
}, 90_000);

it('mails an agent’s answer to who went on by mail, and none to an address that somebody only typed', async () => {
  const chat = await aChat();
  const { team, mails } = chat;
  const toTyped = await answersAsAgent(chat, 'Have you tried another bulb?');
  expect(await askWidget(api.deps, { teamId: team.id, messageId: toTyped, at: Date.now() + 5 * MINUTES_MS })).toMatchObject({ kind: 'later' });
  expect(await mails()).toEqual([]);
  const sent = await aMailedAnswer(chat, 'It needs a new bulb.');
  await answersByMail(chat, sent, 'Which one?');
  const messageId = await answersAsAgent(chat, 'An E27, I think.');
  const [next] = await waitFor(async () => ((await mails()).length > 1 ? mails() : null), 'the agent’s mail');
  expect(next?.messageId).toContain(messageId);
  expect(await rawOf(next?.id ?? '')).toMatch(/^Auto-Submitted: auto-replied/im);
}, 90_000);

/** What became of an agent's message. */
const deliveryOf = async (messageId: string) => (await api.deps.prisma.message.findUniqueOrThrow({ where: { id: messageId } })).delivery;
const textsOf = async ({ shop }: Chat) => (await shop.read()).messages.map(({ text }) => text);

it('shows nothing after a takeover of what an agent wrote and a mail server had put off (P12)', async () => {
  const chat = await aChat();
  const messageId = await answersAsAgent(chat, 'Have you tried another bulb?');
  expect(await claimAiDelivery(api.deps.prisma, { messageId, now: new Date() })).toBe('claimed');
  // Not beside a mail that is on its way, either.
  expect(await textsOf(chat)).toEqual(['My lamp is dark']);
  await endAiClaim(api.deps.prisma, { messageId, now: new Date() });
  await setDelivery(api.deps.prisma, await api.deps.prisma.message.findUniqueOrThrow({ where: { id: messageId } }), { outcome: 'temporary', detail: '450 later' });
  expect(await deliveryOf(messageId)).toBe('pending');
  value(await takeOver(api.deps, chat.admin, chat.conversationId, { force: true }, aKey()));
  expect(await textsOf(chat)).toEqual(['My lamp is dark']);
  expect(await deliveryOf(messageId)).toBe('unknown');
});

it('mails nothing that was read in the chat meanwhile, and takes it back from nobody', async () => {
  const chat = await aChat();
  const messageId = await answersAsAgent(chat, 'Have you tried another bulb?');
  await chat.shop.ask('POST /seen', { upTo: (await chat.shop.read()).cursor });
  value(await takeOver(api.deps, chat.admin, chat.conversationId, { force: true }, aKey()));
  // A try that began while no server could be reached.
  expect(await claimAiDelivery(api.deps.prisma, { messageId, now: new Date() })).toBe('read');
  expect(await textsOf(chat)).toEqual(['My lamp is dark', 'Have you tried another bulb?']);
  expect(await deliveryOf(messageId)).toBe('delivered');
});

it('says of a mail that failed that it did, although a dead connection had taken the message', async () => {
  const chat = await aChat();
  const messageId = await answersAsAgent(chat, 'Have you tried another bulb?');
  await chat.shop.read();
  expect(await deliveryOf(messageId)).toBe('delivered');
  expect(await claimAiDelivery(api.deps.prisma, { messageId, now: new Date() })).toBe('claimed');
  await endAiClaim(api.deps.prisma, { messageId, now: new Date() });
  await setDelivery(api.deps.prisma, await api.deps.prisma.message.findUniqueOrThrow({ where: { id: messageId } }), { outcome: 'failed', detail: '550 no such user' });
  expect(await deliveryOf(messageId)).toBe('failed');
});

it('mails nothing that the widget has taken, and has nobody wait for it', async () => {
  const { answer, mails, shop } = await aChat();
  const reader = await shop.listen();
  const messageId = await answer('Here it is.');
  await waitFor(() => textsIn(reader).includes('Here it is.'), 'the answer in the widget');
  expect(await handedAt(messageId)).toBeNull();
  await shop.ask('POST /seen', { upTo: (await shop.read()).cursor });
  expect(await handedAt(messageId)).not.toBeNull();
  await expect(api.deps.client.workflow.getHandle(continueWorkflowId(messageId)).describe()).rejects.toThrow(WorkflowNotFoundError);
  expect(await mails()).toEqual([]);
  reader.close();
}, 60_000);

it('mails what a connected widget never said had come, once it is gone', async () => {
  const { answer, mails, shop, team } = await aChat();
  const reader = await shop.listen();
  const messageId = await answer('Are you there?');
  await waitFor(() => textsIn(reader).includes('Are you there?'), 'the answer in the widget');
  // The sweeper comes by: from now on a workflow waits.
  const { prisma } = api.deps;
  await prisma.message.update({ where: { id: messageId }, data: { createdAt: new Date(Date.now() - 11_000) } });
  expect((await unsettled(prisma, { teamId: team.id, before: new Date(Date.now() - 10_000) })).widgetReplies).toEqual([messageId]);
  await followWidgetReply(api.deps, { teamId: team.id, messageId });
  expect(await handedAt(messageId)).not.toBeNull();
  reader.close();
  await waitFor(async () => (await prisma.widgetVisitor.count({ where: { teamId: team.id, connectedUntil: { lt: new Date() } } })) === 1, 'the widget is gone');
  await minutesPass(messageId, 3);
  await waitFor(async () => (await mails()).length === 1, 'the mail');
}, 60_000);

it('mails what a connection took that was dead already, for the widget never said that it came', async () => {
  const { answer, mails, shop } = await aChat();
  const messageId = await answer('Still there?');
  expect((await shop.read()).messages.map(({ text }) => text)).toContain('Still there?');
  await minutesPass(messageId, 3);
  await waitFor(async () => (await mails()).length === 1, 'the mail');
}, 60_000);

it('says of a reply that nobody came back for within a day that it did not arrive, and tells who wrote it; and shows it to who comes later', async () => {
  const { answer, admin, shop, ticket, team } = await aChat();
  const { prisma } = api.deps;
  await prisma.requesterAddress.deleteMany({ where: { teamId: team.id } });
  const messageId = await answer('Which bulb is it?');
  await minutesPass(messageId, 3);
  expect(await deliveryOf(messageId)).toBe('pending');
  await minutesPass(messageId, 26 * 60);
  await waitFor(async () => (await deliveryOf(messageId)) === 'failed', 'it is said to have failed');
  const entry = value(await timeline(api.deps, admin, ticket.id)).items.find(({ message }) => message?.id === messageId);
  expect(entry?.message?.deliveryDetail).toBe('Nobody came back to the chat within a day, and no address is known.');
  expect(value(await notifications(api.deps, admin, {})).items).toMatchObject([{ kind: 'delivery_failed', ticket: { id: ticket.id } }]);
  expect((await shop.read()).messages.map(({ text }) => text)).toContain('Which bulb is it?');
  await shop.ask('POST /seen', { upTo: (await shop.read()).cursor });
  expect(await prisma.message.findUniqueOrThrow({ where: { id: messageId } })).toMatchObject({ delivery: 'delivered', deliveryDetail: '' });
}, 60_000);

it('mails nothing that was withdrawn before it left', async () => {
  const { answer, mails, admin, ticket } = await aChat();
  const messageId = await answer('Wrong customer', 600_000);
  value(await withdrawReply(api.deps, admin, ticket.id, messageId, aKey()));
  await minutesPass(messageId, 3);
  const { client } = api.deps;
  await waitFor(async () => (await client.workflow.getHandle(continueWorkflowId(messageId)).describe()).status.name === 'COMPLETED', 'nobody waits for it any more');
  expect(await mails()).toEqual([]);
}, 60_000);

it('follows a reply whose sender died before anybody was told of it', async () => {
  const { answer, team } = await aChat();
  const messageId = await answer('Lost?');
  const { client, prisma } = api.deps;
  await client.workflow.getHandle(continueWorkflowId(messageId)).terminate('it never was');
  // As the process left it that died between the row and the start: stored, accepted, and 11 s old.
  await prisma.message.update({ where: { id: messageId }, data: { handedAt: null, createdAt: new Date(Date.now() - 11_000) } });
  const left = await unsettled(prisma, { teamId: team.id, before: new Date(Date.now() - 10_000) });
  expect(left.widgetReplies).toEqual([messageId]);
  await followWidgetReply(api.deps, { teamId: team.id, messageId });
  expect((await unsettled(prisma, { teamId: team.id, before: new Date() })).widgetReplies).toEqual([]);
}, 60_000);
