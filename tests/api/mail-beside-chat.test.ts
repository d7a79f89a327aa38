import { readHistory } from '#activities/agents/history.ts';
import { createAddress } from '#api/agents/addresses.ts';
import { escalate } from '#api/conversations/escalate.ts';
import { postMessage } from '#api/conversations/post-message.ts';
import { putPolicy } from '#api/policies/put-policy.ts';
import { conversation } from '#api/queries/conversation.ts';
import { reply } from '#api/tickets/reply.ts';
import { acceptMail } from '#switchboard/intake.ts';
import { aMail } from '#tests/activities/a-mail.ts';
import { anApi, type TestApi } from '#tests/support/api.ts';
import { aShopTeam } from '#tests/support/shop-team.ts';
import { value } from '#tests/support/team.ts';
import { waitFor } from '#tests/support/wait-for.ts';
import { aKey } from './ticket-world.ts';

let api: TestApi;
beforeAll(async () => {
  api = await anApi({ withWorker: true, answerWithinMs: 20_000 });
}, 60_000);
afterAll(() => api.close());

/** A web chat that the agent Robin has escalated and goes on answering. */
async function anAnsweredChat() {
  const { prisma } = api.deps;
  const { team, admin, agent, robin, page } = await aShopTeam(api);
  value(await putPolicy(api.deps, admin.principal, agent.id, { overrides: { helpDesk: true } }, 1));
  const shop = await page();
  await shop.say('My lamp is dark');
  const { id } = await waitFor(() => prisma.conversation.findFirst({ where: { teamId: team.id } }), 'the conversation');
  value(await escalate(api.deps, robin, id, { reason: 'They ask for a form' }, aKey()));
  const ticket = await waitFor(() => prisma.ticket.findFirst({ where: { conversationId: id } }), 'the ticket');
  const email = `jane@${team.slug}.customer.example`;
  const mails = async () => ((await api.deps.mail.mailbox?.list(100)) ?? []).filter(({ to }) => to.includes(email));
  return {
    team,
    robin,
    shop,
    id,
    ticket,
    email,
    mails,
    leavesAddress: () => shop.ask('POST /email', { email }),
    addsTeamAddress: async () => value(await createAddress(api.deps, admin.principal, { address: `help@${team.slug}.example`, isDefault: true })),
    asPerson: (said: { text: string; channel?: 'email'; takeOver?: boolean }) => reply(api.deps, admin.principal, ticket.id, { ...said, force: true }, aKey()),
  };
}

const textsOf = async ({ shop }: Awaited<ReturnType<typeof anAnsweredChat>>) => (await shop.read()).messages.map(({ text }) => text.trim());

it('mails the customer of a chat beside its AI, which answers there as before, and takes their answer into the same conversation (P14)', async () => {
  const chat = await anAnsweredChat();
  const { team, robin, shop, id, ticket, email, mails } = chat;
  const { prisma } = api.deps;
  await chat.addsTeamAddress();
  await chat.leavesAddress();
  await shop.say('Which bulb does it take?');
  const before = value(await conversation(api.deps, robin, id));
  const sent = value(await chat.asPerson({ text: 'The form is in this mail.', channel: 'email' }));
  expect(sent.message).toMatchObject({ channel: 'email', to: [email] });
  expect(sent.ticket).toMatchObject({ channel: 'live_chat', isSendLocked: true, assignee: null, status: 'on_customer', ai: { state: 'replying' } });

  const mail = await waitFor(async () => (await mails())[0], 'the mail');
  expect(mail.messageId).toContain(sent.message.id);
  const delivery = async () => (await prisma.message.findUniqueOrThrow({ where: { id: sent.message.id } })).delivery;
  await waitFor(async () => (await delivery()) === 'sent', 'it is said to be sent');

  // The AI has what it had: its epoch, and the question that it was about to answer.
  const now = value(await conversation(api.deps, robin, id));
  expect(now).toMatchObject({ mayReply: true, answerDue: true, lastCustomerMessage: before.lastCustomerMessage, ai: { epoch: before.ai.epoch, state: 'replying' } });
  expect(now.messages.at(-1)).toMatchObject({ text: 'The form is in this mail.', channel: 'email' });
  const history = await readHistory(prisma, { teamId: team.id, conversationId: id, upTo: now.lastCustomerMessage ?? '', readsNotes: false });
  expect(history.lines.at(-1)).toMatchObject({ kind: 'said', from: 'colleague', channel: 'email' });
  value(await postMessage(api.deps, robin, id, { author: 'agent', text: 'An E27.', epoch: now.ai.epoch, lastSeenMessage: now.lastCustomerMessage }, aKey()));

  // The chat shows it, once, and its word that it came is none of the mail's.
  const { cursor } = await shop.read();
  expect(await textsOf(chat)).toEqual(['My lamp is dark', 'Which bulb does it take?', 'The form is in this mail.', 'An E27.']);
  await shop.ask('POST /seen', { upTo: cursor });
  expect(await delivery()).toBe('sent');

  const read = await api.deps.mail.mailbox?.read(mail.id);
  const raw = ((await read?.stream.toArray()) ?? []).join('').replaceAll(/\r?\n[ \t]+/g, '');
  const replyTo = /^Reply-To: .*?([^\s<>]+@[^\s<>]+)>?$/im.exec(raw)?.[1] ?? '';
  expect(replyTo).toContain('+');
  expect(await acceptMail(api.deps, aMail({ from: `Jane <${email}>`, to: replyTo, subject: 'Re: My lamp is dark', text: 'Filled in.', inReplyTo: mail.messageId }))).toBe('durable');
  await waitFor(() => prisma.message.findFirst({ where: { conversationId: id, author: 'customer', channel: 'email', ticketId: ticket.id, handedAt: { not: null } } }), 'the answer in the same ticket');
  expect(value(await conversation(api.deps, robin, id))).toMatchObject({ mayReply: true, answerDue: true, ai: { epoch: before.ai.epoch } });
  expect(await mails()).toHaveLength(1);
}, 90_000);

it('says at the channel why no mail can go beside the AI, and what would be right, and sends nothing', async () => {
  const chat = await anAnsweredChat();
  const refused = (words: string) => ({ ok: false, code: 'invalid', errors: [{ path: 'body.channel', message: expect.stringContaining(words) }] });
  expect(await chat.asPerson({ text: 'Hello' })).toMatchObject({ ok: false, code: 'takeover_required' });
  expect(await chat.asPerson({ text: 'Hello', channel: 'email', takeOver: true })).toMatchObject(refused('goes without `takeOver`'));
  expect(await chat.asPerson({ text: 'Hello', channel: 'email' })).toMatchObject(refused('needs an e-mail address of the requester'));
  await chat.leavesAddress();
  expect(await chat.asPerson({ text: 'Hello', channel: 'email' })).toMatchObject(refused('needs an e-mail address of the team'));
  expect(await textsOf(chat)).toEqual(['My lamp is dark']);
  await chat.addsTeamAddress();
  expect(await chat.asPerson({ text: 'Hello', channel: 'email' })).toMatchObject({ ok: true });
}, 60_000);
