import { awaitsJudgement, findInbound, type InboundRow, type MailIds, recordSettled } from '#store/inbound.ts';
import { openGeneration } from '#store/generations.ts';
import { failMessage } from '#store/failed-messages.ts';
import { announce } from '#store/team-events.ts';
import { handOver } from '#switchboard/hand-over.ts';
import { commandTicket, tellTicket } from '#switchboard/tickets.ts';
import type { DeliveryReport } from '../email/parsed-mail.ts';
import { wholeCharacters } from '../email/whole-characters.ts';
import type { IntakeActivityDeps } from './intake-deps.ts';
import { readRawMail } from './read-raw-mail.ts';

/** Carries out what a verdict says, any number of times; throws until everything that follows from it is done. */
export async function settleMail(deps: IntakeActivityDeps, ids: MailIds): Promise<void> {
  const row = await findInbound(deps.prisma, ids);
  // A person let it in since: the run that judges it again settles it.
  if (row === null || row.isSettled || awaitsJudgement(row)) return;
  const ticketId = await carryOut(deps, row);
  await deps.prisma.$transaction(async (db) => {
    await recordSettled(db, row, { ticketId, at: new Date(deps.now()) });
    await announce(db, row.teamId, { events: [{ kind: 'mail', ...(ticketId === null ? {} : { ticketId }) }] });
  });
}

async function carryOut(deps: IntakeActivityDeps, row: InboundRow): Promise<string | null> {
  const { teamId, messageId } = row;
  if (messageId === null) return null;
  const message = await deps.prisma.message.findFirst({
    where: { id: messageId, teamId },
    select: { id: true, kind: true, author: true, authorId: true, conversationId: true, ticketId: true },
  });
  if (message === null) return null;
  if (row.verdict === 'bounce') return tellBounce(deps, row, message);
  if (message.kind === 'note') return addNote(deps, row, message);
  const taken = await handOver(deps, { teamId, messageId });
  if (!taken.ok) throw new Error(`the ticket did not take the mail: ${taken.code}: ${taken.detail}`);
  return taken.value.ticketId;
}

interface KeptMessage {
  readonly id: string;
  readonly authorId: string | null;
  readonly conversationId: string;
  readonly ticketId: string | null;
}

async function addNote(deps: IntakeActivityDeps, { teamId, receivedAt }: InboundRow, message: KeptMessage): Promise<string | null> {
  const ticketId = await ticketOf(deps, message);
  if (ticketId === null || message.authorId === null) {
    // A conversation without a ticket still shows what our people wrote.
    await deps.prisma.message.updateMany({ where: { id: message.id, teamId }, data: { acceptedAt: receivedAt, releasedAt: receivedAt } });
    return ticketId;
  }
  const noted = await commandTicket(
    deps,
    { teamId, ticketId },
    { id: `noted:${message.id}`, command: { kind: 'note', by: { kind: 'operator', id: message.authorId }, messageId: message.id, mentions: [] } },
  );
  if (!noted.ok) throw new Error(`the ticket did not take the note: ${noted.code}: ${noted.detail}`);
  return ticketId;
}

/** Only a mail that was given up changes anything: of a delay the next report tells. */
async function tellBounce(deps: IntakeActivityDeps, row: InboundRow, message: KeptMessage): Promise<string | null> {
  const ticketId = await ticketOf(deps, message);
  if (row.reason !== 'delivery_failed') return ticketId;
  const { report } = await readRawMail(deps.files, row);
  const detail = report === null ? 'The mail came back.' : wordsOf(report);
  if (ticketId === null) {
    const { id, conversationId } = message;
    await deps.prisma.$transaction((db) => failMessage(db, { id, teamId: row.teamId, conversationId }, { detail, at: row.receivedAt, isBack: true }));
    return null;
  }
  await tellTicket(
    deps,
    { teamId: row.teamId, ticketId },
    { id: `bounced:${row.mailId}`, fact: { kind: 'bounced', messageId: message.id, detail }, at: row.receivedAt.getTime() },
  );
  return ticketId;
}

/** The ticket that owns the message, else the conversation's: an AI's message belongs to no ticket. */
async function ticketOf({ prisma }: IntakeActivityDeps, message: KeptMessage): Promise<string | null> {
  if (message.ticketId !== null) return message.ticketId;
  const open = await openGeneration(prisma, message.conversationId);
  if (open !== null) return open.ticketId;
  const conversation = await prisma.conversation.findUnique({ where: { id: message.conversationId }, select: { lastTicketId: true } });
  return conversation?.lastTicketId ?? null;
}

/** The server's own words, with whom they are about. */
function wordsOf({ recipient, diagnostic, status }: DeliveryReport): string {
  const said = [recipient === null ? null : `${recipient}:`, diagnostic ?? status ?? 'the mail came back'].filter((one) => one !== null);
  return wholeCharacters(said.join(' ').slice(0, 1_000));
}
