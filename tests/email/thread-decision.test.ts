import { mayAutoReply } from '#activities/email/may-auto-reply.ts';
import { parseMail } from '#activities/email/parse-mail.ts';
import { MAILS_PER_SENDER, decideThread } from '#activities/email/thread-decision.ts';
import { OUR_ADDRESSES, factsFor } from './corpus-world.ts';
import { aFolderOfFiles } from './scratch-folder.ts';

async function aMail(headers: Record<string, string>, text = 'Hello') {
  const { files } = await aFolderOfFiles();
  const head = Object.entries({ From: 'Ada <ada@example.com>', Subject: 'Hi', 'Message-ID': '<t1@example.com>', ...headers });
  const bytes = Buffer.from(`${head.map(([name, value]) => `${name}: ${value}`).join('\r\n')}\r\n\r\n${text}\r\n`);
  async function* open() {
    yield bytes;
  }
  return parseMail({ open, envelope: { from: 'ada@example.com', to: ['support@shop.example'] }, fileScope: 'team' }, files);
}

describe('a sender who writes very often', () => {
  it('gets twenty mails through in ten minutes and waits in the log with the next', async () => {
    const mail = await aMail({});
    const before = factsFor(mail, { recentFromSender: MAILS_PER_SENDER - 1 });
    const after = factsFor(mail, { recentFromSender: MAILS_PER_SENDER });
    expect(decideThread(mail, before.asked, before.facts).verdict).toBe('accepted');
    expect(decideThread(mail, after.asked, after.facts)).toMatchObject({ verdict: 'limited', reason: 'sender_limit', changesStatus: false });
  });

  it('keeps its place, so that a person who releases it puts it where it belongs', async () => {
    const mail = await aMail({ 'In-Reply-To': '<msg_ada1@baton.example>' });
    const { asked, facts } = factsFor(mail, { recentFromSender: 500 });
    const thread = { kind: 'conversation', conversationId: 'cnv_ada', by: 'message_id' };
    expect(decideThread(mail, asked, facts)).toMatchObject({ verdict: 'limited', thread });
    expect(decideThread(mail, asked, facts, 'release')).toMatchObject({ verdict: 'accepted', thread, changesStatus: true });
  });

  it('does not hide the bounces of our own mails', async () => {
    const mail = await aMail({ From: 'MAILER-DAEMON@mx.example.com', Subject: 'Undelivered Mail Returned to Sender', 'In-Reply-To': '<msg_ada1@baton.example>' });
    const { asked, facts } = factsFor(mail, { recentFromSender: 500 });
    expect(decideThread(mail, asked, facts).verdict).toBe('bounce');
  });
});

describe('a stranger whose mail names a conversation', () => {
  it('waits for review, and joins only when a person releases it', async () => {
    const mail = await aMail({ From: 'mallory@example.net', 'In-Reply-To': '<msg_ada1@baton.example>' });
    const { asked, facts } = factsFor(mail);
    expect(decideThread(mail, asked, facts)).toMatchObject({ verdict: 'quarantined', changesStatus: false });
    expect(decideThread(mail, asked, facts, 'release')).toMatchObject({
      verdict: 'accepted',
      requester: { address: 'mallory@example.net' },
      thread: { conversationId: 'cnv_ada' },
    });
    expect(decideThread(mail, asked, facts, 'new_ticket')).toMatchObject({ verdict: 'accepted', thread: { kind: 'new' } });
  });

  it('is not believed to be a participant because a name looks like one', async () => {
    const mail = await aMail({ From: '"ada@example.com" <mallory@example.net>', 'In-Reply-To': '<msg_ada1@baton.example>' });
    const { asked, facts } = factsFor(mail);
    expect(decideThread(mail, asked, facts).verdict).toBe('quarantined');
  });

  it('is held even where the mail pretends to be automatic', async () => {
    const mail = await aMail({ From: 'mallory@example.net', 'In-Reply-To': '<msg_ada1@baton.example>', 'Auto-Submitted': 'auto-replied' });
    const { asked, facts } = factsFor(mail);
    expect(decideThread(mail, asked, facts).verdict).toBe('quarantined');
  });
});

describe('an operator who forwards', () => {
  it('speaks for the customer into a conversation the customer has', async () => {
    const text = 'See below\n\n---------- Forwarded message ---------\nFrom: Ada <ada@example.com>\nSubject: Hi\n\nAny news?';
    const mail = await aMail({ From: 'olga@staff.example', Subject: 'Fwd: Hi', References: '<msg_ada1@baton.example>' }, text);
    const { asked, facts } = factsFor(mail);
    expect(decideThread(mail, asked, facts)).toMatchObject({
      verdict: 'accepted',
      author: 'requester',
      requester: { address: 'ada@example.com' },
      thread: { conversationId: 'cnv_ada' },
    });
  });

  it('does not make us our own customer', async () => {
    const text = '---------- Forwarded message ---------\nFrom: Shop <support@shop.example>\nSubject: Hi\n\nHello Ada';
    const mail = await aMail({ From: 'olga@staff.example', Subject: 'Fwd: Hi' }, text);
    const { asked, facts } = factsFor(mail);
    expect(decideThread(mail, asked, facts)).toMatchObject({ verdict: 'accepted', requester: { address: 'olga@staff.example' } });
  });
});

describe('an automatic answer', () => {
  it('goes to Reply-To, at most three times a day in one thread', async () => {
    const mail = await aMail({ 'Reply-To': 'office@example.com' });
    const facts = { authorship: { kind: 'person' } as const, ourAddresses: OUR_ADDRESSES };
    expect(mayAutoReply(mail, { ...facts, automaticAnswersInThread: 2 })).toEqual({ ok: true, to: 'office@example.com' });
    expect(mayAutoReply(mail, { ...facts, automaticAnswersInThread: 3 })).toEqual({ ok: false, reason: 'thread_limit' });
  });

  it.each([
    ['ourselves', { 'Reply-To': 'support+x@shop.example' }],
    ['no_reply_sender', { 'Reply-To': 'No-Reply@example.com' }],
    ['no_reply_sender', { From: 'donotreply@example.com', 'Reply-To': 'ada@example.com' }],
    ['auto_response_suppress', { 'X-Auto-Response-Suppress': 'OOF' }],
  ])('is not sent: %s', async (reason, headers) => {
    const mail = await aMail(headers);
    const facts = { authorship: { kind: 'person' } as const, ourAddresses: OUR_ADDRESSES, automaticAnswersInThread: 0 };
    expect(mayAutoReply(mail, facts)).toEqual({ ok: false, reason });
  });
});
