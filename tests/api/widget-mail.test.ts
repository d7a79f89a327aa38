import { isGrpcServiceError } from '@temporalio/client';
import { createAddress } from '#api/agents/addresses.ts';
import { takeOver } from '#api/conversations/take-over.ts';
import { reply } from '#api/tickets/reply.ts';
import { withdrawReply } from '#api/tickets/withdraw-reply.ts';
import { createWidget } from '#api/widgets/widgets.ts';
import { unsettled } from '#prisma/store/unsettled.ts';
import { followWidgetReply } from '#switchboard/deliveries.ts';
import { acceptMail } from '#switchboard/intake.ts';
import { continueWorkflowId } from '#workflows/contract/workflow-ids.ts';
import { aMail } from '#tests/activities/a-mail.ts';
import { anApi, type TestApi } from '#tests/support/api.ts';
import { skipTimeOf } from '#tests/support/skip-time.ts';
import { aTeam, value } from '#tests/support/team.ts';
import { waitFor } from '#tests/support/wait-for.ts';
import { aShopPage, SHOP, textsIn } from '#tests/support/widget.ts';

let api: TestApi;
beforeAll(async () => {
  api = await anApi({ withWorker: true, answerWithinMs: 20_000 });
}, 60_000);
afterAll(() => api.close());

let keys = 0;
const aKey = () => `key-${(keys += 1)}`;
const MINUTES_MS = 60_000;

/** A chat that a person has, whose customer has left an address. */
async function aChat() {
  const { team, admin } = await aTeam(api.deps);
  const address = `help@${team.slug}.example`;
  value(await createAddress(api.deps, admin.principal, { address, isDefault: true }));
  const { id: widgetId } = value(await createWidget(api.deps, admin.principal, { name: 'Shop', origins: [SHOP] }));
  const shop = await aShopPage({ url: api.url, widgetId });
  await shop.say('My lamp is dark');
  const email = `jane@${team.slug}.customer.example`;
  await shop.ask('POST /email', { email });
  const { id } = await waitFor(() => api.deps.prisma.conversation.findFirst({ where: { teamId: team.id, openTicketId: { not: null } } }), 'the ticket');
  const ticket = value(await takeOver(api.deps, admin.principal, id, { force: true }, aKey()));
  const answer = async (text: string, holdMs = 0) => value(await reply(api.deps, admin.principal, ticket.id, { text, holdMs, force: true }, aKey())).message.id;
  const mails = async () => {
    const found = await api.deps.mail.mailbox?.list(100);
    return (found ?? []).filter(({ to }) => to.includes(email));
  };
  return { team, admin: admin.principal, shop, ticket, conversationId: id, email, address, answer, mails };
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

const NOT_FOUND = 5;

function ignoreEnded(error: unknown): void {
  if (!isGrpcServiceError(error) || Number(error.code) !== NOT_FOUND) throw error;
}

it('mails a person’s answer to who has left the chat, and takes their answer into the same conversation', async () => {
  const { answer, mails, shop, conversationId, email, admin, ticket } = await aChat();
  const messageId = await answer('It needs a new bulb.');
  expect(await mails()).toEqual([]);
  await minutesPass(messageId, 3);
  const [mail] = await waitFor(async () => ((await mails()).length > 0 ? mails() : null), 'the mail');
  expect(mail?.messageId).toContain(messageId);
  await waitFor(async () => (await api.deps.prisma.message.findUniqueOrThrow({ where: { id: messageId } })).delivery === 'sent', 'it is said to be sent');
  const read = mail === undefined ? null : await api.deps.mail.mailbox?.read(mail.id);
  const raw = (await read?.stream.toArray())?.join('') ?? '';
  expect(raw).toContain('It needs a new bulb.');
  const line = /^Reply-To: (.*)$/im.exec(raw.replaceAll(/\r?\n[ \t]+/g, ''))?.[1] ?? '';
  const replyTo = /<([^>]+)>/.exec(line)?.[1] ?? line.trim();
  expect(replyTo).toContain('+');
  const answered = await acceptMail(api.deps, aMail({ from: `Jane <${email}>`, to: replyTo, subject: 'Re: My lamp is dark', text: 'Which one?', inReplyTo: mail?.messageId ?? '' }));
  expect([replyTo, answered]).toEqual([replyTo, 'durable']);
  await waitFor(() => api.deps.prisma.message.findFirst({ where: { conversationId, author: 'customer', channel: 'email', handedAt: { not: null }, ticketId: ticket.id } }), 'the answer in the same ticket');
  expect((await shop.read()).messages.map(({ from, text }) => [from, text.trim()])).toEqual([['you', 'My lamp is dark'], ['person', 'It needs a new bulb.'], ['you', 'Which one?']]);
  // The thread goes on: the next mail answers theirs.
  const next = value(await reply(api.deps, admin, ticket.id, { text: 'An E27.', force: true }, aKey())).message.id;
  await minutesPass(next, 3);
  const all = await waitFor(async () => ((await mails()).length > 1 ? mails() : null), 'the second mail');
  const second = await api.deps.mail.mailbox?.read(all[0]?.id ?? '');
  expect((await second?.stream.toArray())?.join('')).toMatch(/^In-Reply-To: /im);
}, 90_000);

it('mails nothing that the widget has taken, and nothing while it is connected', async () => {
  const { answer, mails, shop } = await aChat();
  const reader = await shop.listen();
  const messageId = await answer('Here it is.');
  await waitFor(() => textsIn(reader).includes('Here it is.'), 'the answer in the widget');
  await shop.ask('POST /seen', { upTo: (await shop.read()).cursor });
  await minutesPass(messageId, 3);
  const { client } = api.deps;
  await waitFor(async () => (await client.workflow.getHandle(continueWorkflowId(messageId)).describe()).status.name === 'COMPLETED', 'nobody waits for it any more');
  expect(await mails()).toEqual([]);
  reader.close();
}, 60_000);

it('mails what a connection took that was dead already, for the widget never said that it came', async () => {
  const { answer, mails, shop } = await aChat();
  const messageId = await answer('Still there?');
  expect((await shop.read()).messages.map(({ text }) => text)).toContain('Still there?');
  await minutesPass(messageId, 3);
  await waitFor(async () => (await mails()).length === 1, 'the mail');
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
