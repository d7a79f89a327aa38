import { createReadStream, readdirSync } from 'node:fs';
import path from 'node:path';
import { foldQuote } from '#activities/email/fold-quote.ts';
import { mayAutoReply } from '#activities/email/may-auto-reply.ts';
import { parseMail } from '#activities/email/parse-mail.ts';
import type { ParsedInboundMail } from '#activities/email/parsed-mail.ts';
import { decideThread } from '#activities/email/thread-decision.ts';
import type { MailDecision, MailThread } from '#activities/email/thread-decision.ts';
import { CORPUS } from './corpus-expectations.ts';
import { OUR_ADDRESSES, factsFor } from './corpus-world.ts';
import { aFolderOfFiles } from './scratch-folder.ts';

const FOLDER = path.join(import.meta.dirname, 'corpus');
const outcomes = new Map<string, { mail: ParsedInboundMail; decision: MailDecision; isForward: boolean }>();

beforeAll(async () => {
  const { files } = await aFolderOfFiles();
  const decided = new Set<string>();
  for (const { file, envelopeFrom } of CORPUS) {
    const open = () => createReadStream(path.join(FOLDER, `${file}.eml`));
    const envelope = { from: envelopeFrom ?? null, to: ['support@shop.example'] };
    const mail = await parseMail({ open, envelope, fileScope: 'team' }, files);
    const { asked, facts } = factsFor(mail, { decided });
    outcomes.set(file, { mail, decision: decideThread(mail, asked, facts), isForward: asked.forwardedFrom !== null });
    decided.add(mail.dedupeKey);
  }
});

describe('the corpus of raw mails', () => {
  it('has an expectation for every mail', () => {
    const mails = readdirSync(FOLDER).filter((name) => name.endsWith('.eml'));
    expect(CORPUS.map(({ file }) => `${file}.eml`).sort()).toEqual(mails.sort());
    expect(mails.length).toBeGreaterThanOrEqual(45);
  });

  it.each(CORPUS)('$file becomes $verdict, $reason, in $thread', (expected) => {
    const { mail, decision, isForward } = outcomeOf(expected.file);
    const { visible, quoted } = foldQuote(mail.text, { isForward });
    const requester = expected.requester === undefined ? 'ada@example.com' : expected.requester;

    expect({ verdict: decision.verdict, reason: decision.reason, thread: threadName(decision.thread) }).toEqual({
      verdict: expected.verdict,
      reason: expected.reason,
      thread: expected.thread,
    });
    expect(visible).toBe(expected.text);
    expect(quoted.startsWith(expected.quoted ?? '')).toBe(true);
    expect(quoted === '').toBe(expected.quoted === undefined);
    expect(visible + quoted).toBe(mail.text);
    expect(decision.requester?.address ?? null).toBe(requester);
    expect(decision.author).toBe(expected.author ?? 'requester');
    expect(mail.attachments.map(({ fileName }) => fileName)).toEqual(expected.attachments ?? []);
    if (expected.subject !== undefined) expect(mail.subject).toBe(expected.subject);
  });

  it('lets no program and no stranger change the status of a ticket', () => {
    for (const { decision } of outcomes.values()) {
      if (decision.changesStatus) expect(decision).toMatchObject({ verdict: 'accepted', author: 'requester' });
    }
  });

  it.each(CORPUS.filter(({ mayAutoReply: may }) => may !== undefined))('answers $file by itself: $mayAutoReply', (expected) => {
    const { mail, decision } = outcomeOf(expected.file);
    const facts = { authorship: decision.authorship, ourAddresses: OUR_ADDRESSES, automaticAnswersInThread: 0 };
    expect(mayAutoReply(mail, facts).ok).toBe(expected.mayAutoReply);
  });

  it('reads what a bounce says about the mail that did not arrive', () => {
    expect(outcomeOf('48-bounce-rfc3464').mail.report).toEqual({
      action: 'failed',
      recipient: 'ada@example.com',
      status: '5.1.1',
      diagnostic: '550 5.1.1 <ada@example.com>: Recipient address rejected: User unknown',
      originalMessageIds: ['<msg_ada1@baton.example>'],
    });
    expect(outcomeOf('50-bounce-old-style').mail.report).toMatchObject({ recipient: 'ada@example.com', status: '5.2.1' });
  });

  it('keeps sender names on one line, whatever was encoded in them', () => {
    expect(outcomeOf('77-header-injection-in-encoded-words').mail.from?.name).not.toMatch(/[\r\n]/);
  });
});

function outcomeOf(file: string) {
  const outcome = outcomes.get(file);
  if (outcome === undefined) throw new Error(`no outcome for ${file}`);
  return outcome;
}

function threadName(thread: MailThread): string {
  return thread.kind === 'conversation' ? thread.conversationId : thread.kind;
}
