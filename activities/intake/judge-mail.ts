import type { Db } from '#prisma/client.ts';
import { detectLanguage } from '#store/languages/detect-language.ts';
import { retryingDeadlocks } from '#store/deadlock.ts';
import { awaitsJudgement, findInbound, type InboundRow, isWaitingForAnother, lockInbound, type MailIds, recordVerdict, type Resolution } from '#store/inbound.ts';
import { lockSender } from '#store/mail-requesters.ts';
import { addressesOfTeam, lastSentTo, sentUnder } from '#store/mail-threads.ts';
import { announce } from '#store/team-events.ts';
import { mailAuthorship } from '../email/automated.ts';
import type { ParsedInboundMail } from '../email/parsed-mail.ts';
import { decideThread, type KnownAddresses, type MailDecision, type MailReview, senderOf } from '../email/thread-decision.ts';
import { type ThreadQuestions, threadQuestions } from '../email/thread-facts.ts';
import { gatherFacts } from './gather-facts.ts';
import type { IntakeActivityDeps } from './intake-deps.ts';
import { keepMessage, textOf, type Kept } from './keep-message.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { readRawMail } from './read-raw-mail.ts';

/** Mails of one sender wait for each other's lock; the pool's patience must be longer than a few of them take. */
const PATIENCE = { maxWait: 15_000, timeout: 45_000 };

/**
 * Parses and judges one stored mail (P50, P51, P53): verdict, thread, requester, conversation, message and the birth
 * of its ticket are one transaction under a lock on (team, sender). A mail that has its verdict keeps it, unless a
 * person let it in since.
 */
export async function judgeMail(deps: IntakeActivityDeps, ids: MailIds): Promise<void> {
  const row = await findInbound(deps.prisma, ids);
  if (row === null || !awaitsJudgement(row)) return;
  const mail = await readRawMail(deps.files, row);
  const asked = threadQuestions(mail, [deps.plusAddressKey]);
  if (row.verdict === null && (await isWaitingForAnother(deps.prisma, row, { messageIds: asked.messageIds, now: new Date(deps.now()) }))) {
    throw new Error('a mail that this one answers is not judged yet');
  }
  const now = new Date(deps.now());
  const candidates = [mail.from, asked.forwardedFrom].flatMap((one) => (one === null ? [] : [one.address]));
  const known = await addressesOfTeam(deps.prisma, ids.teamId, candidates);
  const sender = senderOf(mail, asked, known)?.address ?? '';
  // What a program wrote says nothing of what anybody writes in.
  const { kind } = mailAuthorship(mail, { ...known, isOwnMessage: false });
  const language = kind === 'automated' || kind === 'bounce' ? null : await detectLanguage(textOf(mail, asked).text);
  await oneAtATime(`${ids.teamId}:${sender}`, () =>
    retryingDeadlocks(() => deps.prisma.$transaction((db) => judgeIn(db, ids, { mail, asked, known, sender, language, now }), PATIENCE)),
  );
}

interface Reading {
  readonly mail: ParsedInboundMail;
  readonly asked: ThreadQuestions;
  readonly known: KnownAddresses;
  /** Whom the mail speaks for. */
  readonly sender: string;
  readonly language: string | null;
  readonly now: Date;
}

async function judgeIn(db: Db, ids: MailIds, { mail, asked, known, sender, language, now }: Reading): Promise<void> {
  const { teamId } = ids;
  await lockSender(db, { teamId, address: sender });
  const row = await lockInbound(db, ids);
  if (row === null || !awaitsJudgement(row)) return;
  const facts = await gatherFacts(db, row, { asked, known, sender });
  const decision = decideThread(mail, asked, facts, reviewOf(row.resolution));
  const consequence = await consequenceOf(db, row, { mail, asked, decision, language, ourAddresses: facts.ourAddresses });
  await recordVerdict(db, ids, {
    verdict: decision.verdict,
    reason: decision.reason,
    threadedBy: decision.thread.kind === 'conversation' ? decision.thread.by : null,
    fromAddress: sender || (mail.from?.address ?? ''),
    subject: mail.subject,
    ...consequence,
    decidedAt: now,
  });
  await announce(db, teamId, { events: [{ kind: 'mail' }] });
}

function reviewOf(resolution: Resolution | null): MailReview | null {
  return resolution === null || resolution.action === 'discard' ? null : resolution.action;
}

interface Judged {
  readonly mail: ParsedInboundMail;
  readonly asked: ThreadQuestions;
  readonly decision: MailDecision;
  readonly ourAddresses: readonly string[];
  readonly language: string | null;
}

interface Consequence extends Omit<Kept, 'messageId'> {
  readonly messageId: string | null;
}

async function consequenceOf(db: Db, row: InboundRow, judged: Judged): Promise<Consequence> {
  const { decision, mail } = judged;
  const conversationId = decision.thread.kind === 'conversation' ? decision.thread.conversationId : null;
  if (decision.verdict === 'bounce') return bounced(db, row, { mail, conversationId });
  const isKept = decision.verdict === 'accepted' || (decision.verdict === 'automated' && decision.thread.kind !== 'none');
  if (!isKept) return { conversationId, messageId: null, requesterId: null };
  return keepMessage(db, row, judged);
}

/** What a bounce is about: the message that it names, else the last one that left its conversation for that recipient. */
async function bounced(
  db: Db,
  { teamId, receivedAt }: InboundRow,
  { mail, conversationId }: { mail: ParsedInboundMail; conversationId: string | null },
): Promise<Consequence> {
  const [named] = await sentUnder(db, teamId, mail.report?.originalMessageIds ?? []);
  if (named !== undefined) return { ...named, requesterId: null };
  const recipient = mail.report?.recipient ?? null;
  const messageId =
    conversationId === null || recipient === null ? null : await lastSentTo(db, { teamId, conversationId, address: recipient, at: receivedAt });
  return { conversationId, messageId, requesterId: null };
}
