import { judgeMail } from '#activities/intake/judge-mail.ts';
import { sweepTeam } from '#activities/sweeping/sweep-team.ts';
import { plusAddress } from '#activities/email/plus-address.ts';
import { lockSender, requesterFor } from '#store/mail-requesters.ts';
import { newId } from '#store/new-id.ts';
import { acceptMail, isKnownRecipient } from '#switchboard/intake.ts';
import type { IncomingMail } from '#switchboard/intake.ts';
import { resolveInbound } from '#switchboard/resolve-inbound.ts';
import { commandTicket } from '#switchboard/tickets.ts';
import type { Command } from '#workflows/domain/ticket-event.ts';
import { aDesk, type TestDesk } from '#tests/support/desk.ts';
import { anAgent, anOperator, aTeam } from '#tests/support/people.ts';
import { waitFor } from '#tests/support/wait-for.ts';
import { aBounce, aMail, aMailId } from './a-mail.ts';

let desk: TestDesk;
let teamId: string;
let olga: string;
const MALLORY = 'Mallory <mallory@elsewhere.test>';

beforeAll(async () => {
  desk = await aDesk();
});
afterAll(() => desk.close());

/** Every test has a team of its own, which owns support@ from then on. */
beforeEach(async () => {
  teamId = await aTeam(desk.prisma);
  olga = await anOperator(desk.prisma, teamId, 'Olga');
  await desk.prisma.address.deleteMany({ where: { address: 'support@shop.test' } });
  await desk.prisma.address.create({ data: { id: newId('address'), teamId, address: 'support@shop.test', fromName: 'Shop', isDefault: true } });
});

const logOf = (headerId: string | null) => desk.prisma.inboundMail.findFirst({ where: { teamId, headerId } });
const ticketsOf = () => desk.prisma.ticket.findMany({ where: { teamId }, orderBy: { number: 'asc' } });
const messagesOf = (conversationId: string) => desk.prisma.message.findMany({ where: { conversationId }, orderBy: { position: 'asc' } });

/** Takes a mail as the listener does and waits until everything that follows from it is done. */
async function receive(mail: IncomingMail) {
  expect(await acceptMail(desk.deps, mail)).toBe('durable');
  return settled(mail);
}

async function settled(mail: IncomingMail, withinMs = 20_000) {
  const row = await waitFor(async () => {
    const found = await logOf(mail.messageId);
    return found !== null && found.settledAt !== null && found;
  }, 'the mail to be settled', { withinMs });
  return row;
}

async function ticketOf(row: { ticketId: string | null }) {
  return desk.prisma.ticket.findUniqueOrThrow({ where: { id: row.ticketId ?? 'none' } });
}

async function command(ticketId: string, given: Command) {
  const answer = await commandTicket(desk.deps, { teamId, ticketId }, { id: newId('message'), command: given });
  if (!answer.ok) throw new Error(`${answer.code}: ${answer.detail}`);
}

const setStatus = (ticketId: string, to: 'on_customer' | 'closed' | 'on_hold') =>
  command(ticketId, { kind: 'set_status', by: { kind: 'operator', id: olga }, to });

/** Olga's answer, and the Message-ID under which it left. */
async function answer(row: { ticketId: string | null; conversationId: string | null }) {
  const messageId = newId('message');
  const conversationId = row.conversationId ?? '';
  await desk.prisma.$executeRaw`
    WITH taken AS (UPDATE conversations SET next_position = next_position + 1 WHERE id = ${conversationId} RETURNING next_position - 1 AS position)
    INSERT INTO messages (id, team_id, conversation_id, position, author, author_id, channel, text, created_at, handed_at)
    SELECT ${messageId}, ${teamId}, ${conversationId}, position, 'operator', ${olga}, 'email', 'It is on its way.', now(), now() FROM taken`;
  await command(row.ticketId ?? '', { kind: 'reply', by: { kind: 'operator', id: olga }, messageId, takeOver: false, holdMs: 0, status: null, force: true });
  const sent = await waitFor(async () => {
    const found = await desk.prisma.message.findUniqueOrThrow({ where: { id: messageId } });
    return found.delivery === 'sent' && found.headerId !== null && { messageId, headerId: found.headerId };
  }, 'the answer to leave');
  return sent;
}

const signedAddress = (conversationId: string | null) =>
  plusAddress({ address: 'support@shop.test', conversationId: conversationId ?? '', key: desk.deps.plusAddressKey });

function diesUnsignalled(name: string): void {
  if (name === 'row_stored_not_signalled') throw new Error('killed');
}

const byOlga = () => ({ by: { kind: 'operator' as const, id: olga }, at: Date.now() });

describe('a mail that comes in', () => {
  it('becomes a ticket of the person who wrote it, at the address it was sent to', async () => {
    const row = await receive(aMail({ subject: 'Re: Where is my order?', text: 'Still nothing.\r\n\r\nOn Mon, 2 Mar 2026, Shop wrote:\r\n> Soon.' }));

    expect(row).toMatchObject({ verdict: 'accepted', reason: 'new_conversation', fromAddress: 'ada@customer.test', threadedBy: null, repeats: 0 });
    expect(await ticketOf(row)).toMatchObject({ number: 1, status: 'new', channel: 'email', origin: 'email', requesterName: 'Ada Lovelace', subject: 'Where is my order?' });
    const [message] = await messagesOf(row.conversationId ?? '');
    expect(message).toMatchObject({ author: 'customer', authorId: row.requesterId, text: 'Still nothing.\n\n', ticketId: row.ticketId });
    expect(message?.quoted).toContain('> Soon.');
    const conversation = await desk.prisma.conversation.findUniqueOrThrow({ where: { id: row.conversationId ?? '' } });
    const address = await desk.prisma.address.findFirstOrThrow({ where: { teamId } });
    expect(conversation).toMatchObject({ addressId: address.id, agentId: null, openTicketId: row.ticketId });
  });

  it('is served by the agent of its address, whatever plus part it carries', async () => {
    const agentId = await anAgent(desk.prisma, teamId);
    await desk.prisma.address.updateMany({ where: { teamId }, data: { agentId } });

    const row = await receive(aMail({ to: 'Support+Orders@SHOP.test' }));

    expect(await ticketOf(row)).toMatchObject({ agentId });
  });

  it('changes nothing when it comes a second time, but is counted', async () => {
    const mail = aMail();
    const first = await receive(mail);
    await Promise.all([acceptMail(desk.deps, mail), acceptMail(desk.deps, mail)]);
    const again = await settled(mail);

    expect(again).toEqual({ ...first, repeats: 2 });
    expect(await ticketsOf()).toHaveLength(1);
    expect(await messagesOf(first.conversationId ?? '')).toHaveLength(1);
  });

  it('is one mail when two servers offer it at the same moment', async () => {
    const mail = aMail();
    await Promise.all([acceptMail(desk.deps, mail), acceptMail(desk.deps, mail), acceptMail(desk.deps, mail)]);

    expect(await settled(mail)).toMatchObject({ repeats: 2 });
    expect(await ticketsOf()).toHaveLength(1);
  });

  it('keeps the files that came with it', async () => {
    const text = ['--x', 'Content-Type: text/plain', '', 'See the bill.', '--x', 'Content-Type: application/pdf', 'Content-Disposition: attachment; filename="bill.pdf"', '', 'PDF', '--x--'];
    const row = await receive(aMail({ headers: ['MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary=x'], text: text.join('\r\n') }));

    const [bill] = await desk.prisma.attachment.findMany({ where: { messageId: row.messageId } });
    expect(bill).toMatchObject({ fileName: 'bill.pdf', mediaType: 'application/pdf', size: 3 });
    expect(await desk.deps.files.open(bill?.storageKey ?? '')).not.toBeNull();
  });

  it('reaches every team that it was sent to, each on its own', async () => {
    const other = await aTeam(desk.prisma);
    await desk.prisma.address.create({ data: { id: newId('address'), teamId: other, address: `help@${other.toLowerCase()}.test` } });
    const mail = aMail({ envelopeTo: ['support@shop.test', `help@${other.toLowerCase()}.test`] });
    await receive(mail);

    await waitFor(async () => (await desk.prisma.ticket.count({ where: { teamId: other } })) === 1, 'the other team’s ticket');
    expect(await ticketsOf()).toHaveLength(1);
  });

  it('is refused for an address that is nobody’s', async () => {
    expect(await isKnownRecipient(desk.deps, 'support+x@shop.test')).toBe(true);
    expect(await isKnownRecipient(desk.deps, 'nobody@shop.test')).toBe(false);
    expect(await acceptMail(desk.deps, aMail({ to: 'nobody@shop.test' }))).toMatchObject({ responseCode: 550 });
    expect(await desk.prisma.inboundMail.count({ where: { teamId } })).toBe(0);
  });

  it('is not acknowledged while Temporal is away, and is there once when it is sent again', async () => {
    const mail = aMail();
    const away = { ...desk.deps, client: Object.create(desk.deps.client, { workflow: { value: { start: () => Promise.reject(new Error('away')) } } }) };
    await expect(acceptMail(away, mail)).rejects.toThrow('away');

    expect(await receive(mail)).toMatchObject({ verdict: 'accepted', repeats: 1 });
    expect(await ticketsOf()).toHaveLength(1);
  });

  it('is picked up by the sweeper when the process died between its row and its workflow', async () => {
    const mail = aMail();
    await expect(acceptMail({ ...desk.deps, failpoint: diesUnsignalled }, mail)).rejects.toThrow('killed');
    expect(await logOf(mail.messageId)).toMatchObject({ verdict: null, settledAt: null });

    const later = { ...desk.deps, now: () => Date.now() + 11_000 };
    expect((await sweepTeam(desk.deps, { teamId })).found).toBe(0);
    expect((await sweepTeam(later, { teamId })).found).toBe(1);
    expect(await settled(mail)).toMatchObject({ verdict: 'accepted' });
    expect(await ticketsOf()).toHaveLength(1);
  });
});

describe('the person behind a mail', () => {
  it('is one requester when two first mails of theirs come at once', async () => {
    const mails = [aMail({ subject: 'One' }), aMail({ subject: 'Two' }), aMail({ subject: 'Three' })];
    const rows = await Promise.all(mails.map(receive));

    expect(new Set(rows.map(({ requesterId }) => requesterId)).size).toBe(1);
    expect(await desk.prisma.requester.count({ where: { teamId } })).toBe(1);
    expect(await ticketsOf()).toHaveLength(3);
  });

  it('is the one whom another process makes at the same moment', async () => {
    const mail = aMail();
    const made = await desk.prisma.$transaction(
      async (db) => {
        const ada = { teamId, address: 'ada@customer.test' };
        await lockSender(db, ada);
        await acceptMail(desk.deps, mail);
        await waitFor(async () => {
          const [locks] = await desk.prisma.$queryRaw<{ n: bigint }[]>`
            SELECT count(*) AS n FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;
          return locks !== undefined && locks.n > 0n;
        }, 'the mail to wait for the other process');
        return requesterFor(db, { ...ada, name: 'Ada', isOwn: true, isAutomatic: false, ofConversation: null });
      },
      { timeout: 30_000 },
    );
    expect((await settled(mail)).requesterId).toBe(made);
  });

  it('is who an operator’s forward names', async () => {
    const { email } = await desk.prisma.operator.findUniqueOrThrow({ where: { id: olga } });
    const text = ['Please take this.', '', '---------- Forwarded message ---------', 'From: Carla <carla@customer.test>', 'Subject: Zip', '', 'My zip is broken.'];
    const row = await receive(aMail({ from: `Olga <${email}>`, subject: 'Fwd: Zip', text: text.join('\r\n') }));

    expect(row).toMatchObject({ verdict: 'accepted', reason: 'forwarded_by_operator', fromAddress: 'carla@customer.test' });
    expect(await ticketOf(row)).toMatchObject({ requesterName: 'Carla' });
    expect((await messagesOf(row.conversationId ?? ''))[0]?.text).toContain('My zip is broken.');
  });

  it('is not taken for somebody whose address a form’s visitor typed', async () => {
    const known = await receive(aMail());
    const typed = await receive(aMail({ from: 'Shop form <support@shop.test>', headers: ['Reply-To: ada@customer.test'] }));

    expect(typed).toMatchObject({ verdict: 'accepted', fromAddress: 'ada@customer.test' });
    expect(typed.requesterId).not.toBe(known.requesterId);
    expect(await desk.prisma.requesterAddress.findFirst({ where: { requesterId: typed.requesterId ?? '' } })).toMatchObject({ verified: false });
  });
});

describe('an answer', () => {
  it('finds its conversation by the address we signed, and is ours to answer again', async () => {
    const first = await receive(aMail());
    await setStatus(first.ticketId ?? '', 'on_customer');

    const second = await receive(aMail({ to: signedAddress(first.conversationId).toUpperCase(), subject: 'Something else' }));

    expect(second).toMatchObject({ verdict: 'accepted', threadedBy: 'plus_address', conversationId: first.conversationId, ticketId: first.ticketId });
    expect(await ticketOf(first)).toMatchObject({ status: 'on_you' });
    expect(await ticketsOf()).toHaveLength(1);
  });

  it('finds its conversation by the Message-ID of our reply', async () => {
    const first = await receive(aMail());
    const { headerId } = await answer(first);
    expect(await ticketOf(first)).toMatchObject({ status: 'on_customer' });

    const second = await receive(aMail({ references: `<unknown@x> ${headerId}` }));

    expect(second).toMatchObject({ threadedBy: 'message_id', ticketId: first.ticketId });
    expect(await ticketOf(first)).toMatchObject({ status: 'on_you' });
  });

  it('waits for the mail that it answers, while that one is still on its way', async () => {
    const id = aMailId();
    const first = aMail({ id });
    const second = aMail({ inReplyTo: id });
    await expect(acceptMail({ ...desk.deps, failpoint: diesUnsignalled }, first)).rejects.toThrow('killed');
    await acceptMail(desk.deps, second);
    const mailId = (await logOf(second.messageId))?.id ?? '';
    await expect(judgeMail(desk.deps, { teamId, mailId })).rejects.toThrow('not judged yet');

    await acceptMail(desk.deps, first);
    expect((await settled(second)).conversationId).toBe((await settled(first)).conversationId);
  });

  it('finds its conversation by the ticket’s number, from somebody who takes part', async () => {
    const first = await receive(aMail());
    const mine = await receive(aMail({ subject: 'Once more [#1]' }));
    const strangers = await receive(aMail({ from: MALLORY, subject: 'Once more [#1]' }));

    expect(mine).toMatchObject({ threadedBy: 'subject_number', ticketId: first.ticketId });
    expect(strangers).toMatchObject({ verdict: 'accepted', reason: 'subject_number_of_a_stranger' });
    expect(strangers.conversationId).not.toBe(first.conversationId);
  });

  it('may come from whoever was copied', async () => {
    const id = aMailId();
    const first = await receive(aMail({ id, cc: 'Bert <bert@customer.test>' }));
    const bert = await receive(aMail({ from: 'Bert <bert@customer.test>', inReplyTo: id }));

    expect(bert).toMatchObject({ verdict: 'accepted', conversationId: first.conversationId });
    expect(bert.requesterId).not.toBe(first.requesterId);
  });

  it('to a closed ticket opens a new one that is linked to it', async () => {
    const id = aMailId();
    const first = await receive(aMail({ id }));
    await setStatus(first.ticketId ?? '', 'closed');

    const second = await receive(aMail({ inReplyTo: id }));

    expect(second.conversationId).toBe(first.conversationId);
    const [, linked] = await ticketsOf();
    expect(linked?.id).toBe(second.ticketId);
    expect(linked?.state).toMatchObject({ linkedTicketId: first.ticketId, status: 'new' });
  });

  it('of our own people is a note and moves nothing', async () => {
    const { email } = await desk.prisma.operator.findUniqueOrThrow({ where: { id: olga } });
    const id = aMailId();
    const first = await receive(aMail({ id }));
    await setStatus(first.ticketId ?? '', 'on_hold');
    const note = await receive(aMail({ from: `Olga <${email}>`, inReplyTo: id, text: 'I will call her.' }));

    expect(note).toMatchObject({ verdict: 'accepted', reason: 'operator_wrote', ticketId: first.ticketId });
    expect((await messagesOf(first.conversationId ?? ''))[1]).toMatchObject({ kind: 'note', author: 'operator', authorId: olga, text: 'I will call her.' });
    await waitFor(async () => (await messagesOf(first.conversationId ?? ''))[1]?.acceptedAt, 'the note to be taken');
    expect(await ticketOf(first)).toMatchObject({ status: 'on_hold' });
    expect(await desk.prisma.timelineEntry.count({ where: { ticketId: first.ticketId, kind: 'noted' } })).toBe(1);
  });

  it('does not find the conversation of another team', async () => {
    const first = await receive(aMail());
    const stranger = await aTeam(desk.prisma);
    await desk.prisma.address.create({ data: { id: newId('address'), teamId: stranger, address: `${stranger.toLowerCase()}@other.test` } });
    const to = plusAddress({ address: `${stranger.toLowerCase()}@other.test`, conversationId: first.conversationId ?? '', key: desk.deps.plusAddressKey });
    await acceptMail(desk.deps, aMail({ to }));

    const row = await waitFor(() => desk.prisma.inboundMail.findFirst({ where: { teamId: stranger, settledAt: { not: null } } }), 'the mail to be settled');
    expect(row.conversationId).not.toBe(first.conversationId);
    expect(await messagesOf(first.conversationId ?? '')).toHaveLength(1);
  });
});

describe('a stranger who knows a Message-ID', () => {
  async function quarantined() {
    const id = aMailId();
    const first = await receive(aMail({ id }));
    await setStatus(first.ticketId ?? '', 'on_customer');
    const held = await receive(aMail({ from: MALLORY, references: id, cc: 'eve@elsewhere.test' }));
    expect(held).toMatchObject({ verdict: 'quarantined', reason: 'sender_not_in_conversation', conversationId: first.conversationId, ticketId: null });
    return { first, held, id };
  }

  it('is held back: no message, no status, no new participant', async () => {
    const { first, id } = await quarantined();

    expect(await messagesOf(first.conversationId ?? '')).toHaveLength(1);
    expect(await ticketOf(first)).toMatchObject({ status: 'on_customer' });
    expect(await receive(aMail({ from: 'Eve <eve@elsewhere.test>', references: id }))).toMatchObject({ verdict: 'quarantined' });
    expect(await ticketsOf()).toHaveLength(1);
  });

  it('joins the thread when somebody releases the mail, and takes part from then on', async () => {
    const { first, held, id } = await quarantined();

    const released = await resolveInbound(desk.deps, { teamId, mailId: held.id, action: 'release', ...byOlga() });

    expect(released).toMatchObject({ ok: true, value: { verdict: 'accepted', ticketId: first.ticketId, resolution: { action: 'release' } } });
    expect(await messagesOf(first.conversationId ?? '')).toHaveLength(2);
    expect(await ticketOf(first)).toMatchObject({ status: 'on_you' });
    expect(await receive(aMail({ from: MALLORY, references: id }))).toMatchObject({ verdict: 'accepted', conversationId: first.conversationId });
  });

  it('gets a ticket apart when somebody decides so', async () => {
    const { first, held } = await quarantined();
    const apart = await resolveInbound(desk.deps, { teamId, mailId: held.id, action: 'new_ticket', ...byOlga() });

    expect(apart).toMatchObject({ ok: true, value: { verdict: 'accepted' } });
    const [, second] = await ticketsOf();
    expect(second?.conversationId).not.toBe(first.conversationId);
    expect(apart).toMatchObject({ ok: true, value: { ticketId: second?.id } });
  });

  it('is decided about once, whoever asks again', async () => {
    const { held } = await quarantined();
    const decide = (action: 'discard' | 'release' | 'new_ticket') => resolveInbound(desk.deps, { teamId, mailId: held.id, action, ...byOlga() });

    expect(await decide('discard')).toMatchObject({ ok: true, value: { resolution: { action: 'discard' }, ticketId: null } });
    expect(await decide('release')).toMatchObject({ ok: true, value: { resolution: { action: 'discard' }, ticketId: null } });
    expect(await ticketsOf()).toHaveLength(1);
  });

  it('makes one ticket when two people decide at the same moment', async () => {
    const { held } = await quarantined();
    const answers = await Promise.all([1, 2, 3].map(() => resolveInbound(desk.deps, { teamId, mailId: held.id, action: 'new_ticket', ...byOlga() })));

    expect(answers.every(({ ok }) => ok)).toBe(true);
    expect(await ticketsOf()).toHaveLength(2);
  });

  it('cannot be decided about by another team, nor a mail that was let in', async () => {
    const { held, first } = await quarantined();
    const elsewhere = await aTeam(desk.prisma);

    expect(await resolveInbound(desk.deps, { teamId: elsewhere, mailId: held.id, action: 'release', ...byOlga() })).toMatchObject({ ok: false, code: 'not_found' });
    expect(await resolveInbound(desk.deps, { teamId, mailId: first.id, action: 'discard', ...byOlga() })).toMatchObject({ ok: false, code: 'illegal_move' });
  });

  it('is carried out by the sweeper when the process died after the decision', async () => {
    const { held } = await quarantined();
    const resolution = { action: 'new_ticket', by: { kind: 'operator', id: olga }, at: Date.now() };
    await desk.prisma.inboundMail.update({ where: { id: held.id }, data: { resolution, settledAt: null, receivedAt: new Date(Date.now() - 20_000) } });
    await sweepTeam(desk.deps, { teamId });

    await waitFor(async () => (await ticketsOf()).length === 2, 'the new ticket');
  });
});

describe('a program that writes', () => {
  it('tells what became of our reply, and the reply shows the server’s words', async () => {
    const first = await receive(aMail());
    const { headerId, messageId } = await answer(first);
    const bounce = await receive(aBounce({ of: headerId, to: signedAddress(first.conversationId), recipient: 'ada@customer.test', diagnostic: '550 5.1.1 no such user' }));

    expect(bounce).toMatchObject({ verdict: 'bounce', reason: 'delivery_failed', ticketId: first.ticketId, messageId });
    const message = await waitFor(async () => {
      const found = await desk.prisma.message.findUniqueOrThrow({ where: { id: messageId } });
      return found.delivery === 'failed' && found;
    }, 'the reply to show that it came back');
    expect(message.deliveryDetail).toBe('ada@customer.test: 550 5.1.1 no such user');
    expect(await ticketOf(first)).toMatchObject({ status: 'on_customer' });
    expect(await desk.prisma.timelineEntry.count({ where: { ticketId: first.ticketId, kind: 'bounced' } })).toBe(1);
  });

  it('that returns a mail without naming it is understood by the address that we signed', async () => {
    const first = await receive(aMail());
    const { messageId } = await answer(first);
    const bounce = await receive(aBounce({ of: '<forgotten@x>', to: signedAddress(first.conversationId), recipient: 'ada@customer.test', diagnostic: '550 no' }));

    expect(bounce).toMatchObject({ verdict: 'bounce', messageId });
  });

  it('answers for somebody who is away without moving the ticket', async () => {
    const first = await receive(aMail());
    const { headerId } = await answer(first);
    const away = await receive(aMail({ subject: 'Out of office', inReplyTo: headerId, headers: ['Auto-Submitted: auto-replied'], text: 'Back on Friday.' }));

    expect(away).toMatchObject({ verdict: 'automated', ticketId: first.ticketId });
    expect((await messagesOf(first.conversationId ?? '')).at(-1)).toMatchObject({ automatic: true, text: 'Back on Friday.' });
    expect(await ticketOf(first)).toMatchObject({ status: 'on_customer' });
  });

  it('that answers nobody we know stays in the log alone', async () => {
    const row = await receive(aMail({ subject: 'Out of office', headers: ['Auto-Submitted: auto-replied'] }));
    expect(row).toMatchObject({ verdict: 'automated', ticketId: null });
    expect(await ticketsOf()).toHaveLength(0);
  });

  it('that reports a need opens a ticket', async () => {
    const row = await receive(aMail({ from: 'alerts@monitor.test', headers: ['Auto-Submitted: auto-generated'], subject: 'Disk full' }));
    expect(row).toMatchObject({ verdict: 'automated' });
    expect(await ticketOf(row)).toMatchObject({ status: 'new', subject: 'Disk full' });
  });

  it('sends our own mail back to us in vain', async () => {
    const first = await receive(aMail());
    const { headerId } = await answer(first);
    expect(await receive(aMail({ id: headerId }))).toMatchObject({ verdict: 'rejected', reason: 'own_message' });
    expect(await messagesOf(first.conversationId ?? '')).toHaveLength(2);
  });
});

describe('a holding message', () => {
  async function holdingAfter(mail: IncomingMail) {
    const agentId = await anAgent(desk.prisma, teamId, { onEscalate: 'pause' });
    await desk.prisma.address.updateMany({ where: { teamId }, data: { agentId } });
    const row = await receive(mail);
    await command(row.ticketId ?? '', { kind: 'escalate', by: { kind: 'agent', id: agentId }, case: null, reason: 'Too hard', priority: null });
    return waitFor(async () => {
      const found = await desk.prisma.message.findFirst({ where: { teamId, author: 'baton' } });
      return found !== null && found.delivery !== 'pending' && found;
    }, 'the holding message to leave or not');
  }

  it('leaves for a person', async () => {
    expect(await holdingAfter(aMail())).toMatchObject({ delivery: 'sent' });
  });

  it.each([
    ['asks for no automatic answers', ['X-Auto-Response-Suppress: All'], 'auto_response_suppress'],
    ['is a program', ['Auto-Submitted: auto-generated'], 'automated'],
  ])('does not leave for who %s', async (_who, headers, reason) => {
    const holding = await holdingAfter(aMail({ headers }));
    expect(holding).toMatchObject({ delivery: 'suppressed' });
    expect(holding.deliveryDetail).toContain(reason);
    expect(await desk.prisma.mailId.count({ where: { teamId, messageId: holding.id } })).toBe(0);
  });
});

describe('a sender who writes without end', () => {
  it('is let in twenty times in ten minutes; what is more waits and can be released', async () => {
    const mails = Array.from({ length: 21 }, (_, index) => aMail({ subject: `Mail ${index}` }));
    await Promise.all(mails.map((mail) => acceptMail(desk.deps, mail)));
    const rows = await Promise.all(mails.map((mail) => settled(mail, 60_000)));
    const limited = rows.filter(({ verdict }) => verdict === 'limited');

    expect(rows.filter(({ verdict }) => verdict === 'accepted')).toHaveLength(20);
    expect(limited).toHaveLength(1);
    expect(limited[0]).toMatchObject({ reason: 'sender_limit', ticketId: null });
    expect(await ticketsOf()).toHaveLength(20);
    expect(await receive(aMail({ from: 'Somebody else <else@customer.test>' }))).toMatchObject({ verdict: 'accepted' });

    const released = await resolveInbound(desk.deps, { teamId, mailId: limited[0]?.id ?? '', action: 'release', ...byOlga() });
    expect(released).toMatchObject({ ok: true, value: { verdict: 'accepted' } });
    expect(await ticketsOf()).toHaveLength(22);
  }, 120_000);
});

