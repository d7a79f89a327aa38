import { createTransport } from 'nodemailer';
import { createSmtpMailer } from '#activities/email/smtp-sender.ts';
import { createSmtpListener, type SmtpListener } from '#api/email/smtp-listener.ts';
import { insertMessage } from '#store/message-rows.ts';
import { newId } from '#store/new-id.ts';
import { connectTemporal } from '#switchboard/connection.ts';
import { acceptMail, isKnownRecipient } from '#switchboard/intake.ts';
import { commandTicket } from '#switchboard/tickets.ts';
import { misbehavingSmtp, type MisbehavingServer, type TakenMail } from '#tests/email/misbehaving-smtp.ts';
import { aDesk, type TestDesk } from '#tests/support/desk.ts';
import { anOperator, aTeam } from '#tests/support/people.ts';
import { aFolder, aPort } from '#tests/support/stack.ts';
import { waitFor } from '#tests/support/wait-for.ts';

let desk: TestDesk;
let outside: MisbehavingServer;
let listener: SmtpListener;
let port: number;
let teamId: string;
let olga: string;
let deps: TestDesk['deps'];

beforeAll(async () => {
  outside = await misbehavingSmtp();
  desk = await aDesk({ mailer: createSmtpMailer(outside.url) });
  deps = desk.deps;
  teamId = await aTeam(desk.prisma);
  olga = await anOperator(desk.prisma, teamId, 'Olga');
  await desk.prisma.address.create({ data: { id: newId('address'), teamId, address: 'support@shop.test', fromName: 'Shop', isDefault: true } });
  listener = createSmtpListener({
    port: 0,
    host: '127.0.0.1',
    spoolFolder: await aFolder(),
    isKnownRecipient: (address) => isKnownRecipient(deps, address),
    accept: (mail) => acceptMail(deps, mail),
  });
  ({ port } = await listener.listen());
});
afterEach(() => {
  deps = desk.deps;
  outside.behave({ kind: 'none' });
});
afterAll(async () => {
  await listener.close();
  await desk.close();
  await outside.stop();
});

/** Ada's mail program. */
async function adaSends(mail: { to?: string; subject?: string; text?: string; messageId?: string; inReplyTo?: string }) {
  const transport = createTransport({ host: '127.0.0.1', port, secure: false, ignoreTLS: true });
  try {
    return await transport.sendMail({ from: 'Ada <ada@customer.test>', to: 'support@shop.test', subject: 'Lamp', text: 'It is dark.', ...mail });
  } finally {
    transport.close();
  }
}

const log = (headerId: string) => desk.prisma.inboundMail.findFirst({ where: { teamId, headerId } });
const settled = (headerId: string) =>
  waitFor(async () => {
    const row = await log(headerId);
    return row !== null && row.settledAt !== null && row;
  }, 'the mail to be settled');

/** Olga answers from the inbox. */
async function olgaAnswers({ ticketId, conversationId }: { ticketId: string | null; conversationId: string | null }, text: string) {
  const id = newId('message');
  await insertMessage(desk.prisma, { id, teamId, conversationId: conversationId ?? '', author: 'operator', authorId: olga, channel: 'email', text, at: new Date() });
  const by = { kind: 'operator' as const, id: olga };
  const given = { kind: 'reply' as const, by, messageId: id, takeOver: false, holdMs: 0, status: null, force: false };
  expect((await commandTicket(desk.deps, { teamId, ticketId: ticketId ?? '' }, { id, command: given })).ok).toBe(true);
  return id;
}

const statusOf = async (ticketId: string | null) => (await desk.prisma.ticket.findUniqueOrThrow({ where: { id: ticketId ?? '' } })).status;
const header = (mail: TakenMail | undefined, name: string) => new RegExp(`^${name}: ?(.*(?:\\r\\n[ \\t].*)*)`, 'im').exec(mail?.content ?? '')?.[1]?.replace(/\s+/g, ' ') ?? '';

describe('a conversation by mail', () => {
  it('goes there and back over real servers, in one thread', async () => {
    await adaSends({ messageId: '<there@customer.test>' });
    const first = await settled('<there@customer.test>');
    const answerId = await olgaAnswers(first, 'Light is coming.');
    const left = await waitFor(() => outside.taken.find(({ content }) => content.includes('Light is coming.')), 'the answer to arrive at the customer’s server');

    expect(left.to).toEqual(['ada@customer.test']);
    expect(header(left, 'Message-ID')).toBe(`<${answerId}@baton.test>`);
    expect(header(left, 'In-Reply-To')).toBe('<there@customer.test>');
    expect(header(left, 'References')).toBe('<there@customer.test>');
    expect(header(left, 'From')).toBe('Olga <support@shop.test>');
    expect(header(left, 'Subject')).toBe('Re: Lamp [#1]');
    expect(await statusOf(first.ticketId)).toBe('on_customer');

    // Her program answers to Reply-To and drops every other trace of the thread.
    const replyTo = /<([^>]+)>/.exec(header(left, 'Reply-To'))?.[1] ?? header(left, 'Reply-To');
    await adaSends({ to: replyTo, subject: 'Thanks', messageId: '<back@customer.test>' });
    expect(await settled('<back@customer.test>')).toMatchObject({ threadedBy: 'plus_address', ticketId: first.ticketId });
    expect(await statusOf(first.ticketId)).toBe('on_you');
  });

  it('survives a server that is busy, and one that restarts between two mails', async () => {
    await adaSends({ messageId: '<busy@customer.test>' });
    const first = await settled('<busy@customer.test>');
    outside.behave({ kind: 'refuse', at: 'rcpt', code: 450, words: '4.2.1 try later' });
    const answerId = await olgaAnswers(first, 'Patience.');
    const busy = await waitFor(async () => {
      const message = await desk.prisma.message.findUniqueOrThrow({ where: { id: answerId } });
      return message.deliveryDetail !== '' && message;
    }, 'the first try to be recorded');
    expect(busy).toMatchObject({ delivery: 'pending' });
    expect(busy.deliveryDetail).toContain('4.2.1 try later');

    await outside.restart();
    outside.behave({ kind: 'none' });
    await waitFor(async () => (await desk.prisma.message.findUniqueOrThrow({ where: { id: answerId } })).delivery === 'sent', 'the answer to be sent', { withinMs: 25_000 });
    expect(outside.taken.filter((mail) => header(mail, 'Message-ID') === `<${answerId}@baton.test>`)).toHaveLength(1);
  }, 60_000);

  it('shows the words of a server that refuses for good', async () => {
    await adaSends({ messageId: '<refused@customer.test>' });
    const first = await settled('<refused@customer.test>');
    outside.behave({ kind: 'refuse', at: 'rcpt', code: 550, words: '5.1.1 nobody here by that name' });
    const answerId = await olgaAnswers(first, 'Hello?');

    const message = await waitFor(async () => {
      const found = await desk.prisma.message.findUniqueOrThrow({ where: { id: answerId } });
      return found.delivery === 'failed' && found;
    }, 'the answer to fail');
    expect(message.deliveryDetail).toContain('5.1.1 nobody here by that name');
  });
});

describe('a mail server that wants to hand us a mail', () => {
  it('is told to try later while Temporal is away, and nothing is doubled when it does', async () => {
    const nobody = connectTemporal({ address: `127.0.0.1:${await aPort()}`, namespace: 'default' });
    deps = { ...desk.deps, client: nobody, answerWithinMs: 1_000 };
    await expect(adaSends({ messageId: '<later@customer.test>' })).rejects.toMatchObject({ responseCode: 451 });
    await nobody.connection.close();

    deps = desk.deps;
    await adaSends({ messageId: '<later@customer.test>' });
    const row = await settled('<later@customer.test>');
    expect(row).toMatchObject({ verdict: 'accepted', repeats: 1 });
    expect(await desk.prisma.message.count({ where: { teamId, headerId: '<later@customer.test>' } })).toBe(1);
  });

  it('is told at once that an address is nobody’s', async () => {
    await expect(adaSends({ to: 'nobody@shop.test' })).rejects.toMatchObject({ responseCode: 550 });
  });
});
