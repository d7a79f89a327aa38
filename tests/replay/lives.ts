import { setTimeout as pause } from 'node:timers/promises';
import { msToTs } from '@temporalio/common/lib/time.js';
import type { Mailer, SendResult } from '#activities/email/mailer.ts';
import { recordAiMessage } from '#store/ai-messages.ts';
import { newId } from '#store/new-id.ts';
import { reserveReopening } from '#store/generations.ts';
import { followAiMessage } from '#switchboard/deliveries.ts';
import { startSweeper } from '#switchboard/sweepers.ts';
import { aDesk } from '#tests/support/desk.ts';
import type { TestDesk } from '#tests/support/desk.ts';
import { skipTimeOf } from '#tests/support/skip-time.ts';
import { waitFor } from '#tests/support/wait-for.ts';
import { deliverWorkflowId, sweeperWorkflowId, ticketWorkflowId } from '#workflows/contract/workflow-ids.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#workflows/domain/instant.ts';
import { LEFT_TO_HOLDER_MS } from '#workflows/ticket-entity.ts';
import { aNote, aPlace, say, Ticket } from '../workflows/a-life.ts';
import { turnsOfAnAgent } from './agent-life.ts';
import { escalationJoins, REFUND, reopenedForSomebodyGone } from './escalation-life.ts';
import { neverTranslated, replyNotTranslated, translatedAtTheSecondTry } from './translation-life.ts';
import { webhookRefusedThenTaken } from './webhook-life.ts';

/** Answers of the mail server to come; it takes what nothing is said about. */
const answers: SendResult[] = [];
export const mailer: Mailer = {
  kind: 'smtp',
  send: () => Promise.resolve(answers.shift() ?? { kind: 'sent', response: '250 ok', refused: [] }),
};

/** Lives a life and says which workflows' histories tell it. Together they use every command and every fact. */
type Life = (desk: TestDesk) => Promise<readonly string[]>;

/** A mail, its answer, two reminders, resolved, closed, a note too late, a refusal too late, reopened. */
const mailUntilReopened: Life = async (desk) => {
  const place = await aPlace(desk, { channel: 'email' });
  const { mia, teamId, conversationId } = place;
  const ticket = new Ticket(desk, place, (await say(desk, place)).ticketId ?? '');
  await ticket.does({ kind: 'claim', by: mia });
  await ticket.does({ kind: 'change', by: mia, subject: 'Order 17', priority: 'high', tags: ['order'] });
  await ticket.replies(mia);
  await ticket.skips(7 * DAY_MS + HOUR_MS);
  await ticket.becomes('resolved');
  await ticket.skips(4 * DAY_MS + HOUR_MS);
  await ticket.ends();
  const messageId = await ticket.writes(mia, 'For the record.', 'note');
  await ticket.does(aNote(mia, messageId), messageId);
  await ticket.ends();
  await ticket.command({ kind: 'assign', by: mia, to: null });
  await ticket.ends();
  const updateId = newId('message');
  const reserved = await reserveReopening(desk.prisma, { conversationId, teamId, ticketId: ticket.id, updateId });
  if ('generation' in reserved) await ticket.does({ kind: 'set_status', by: mia, to: 'on_you', generation: reserved.generation }, updateId);
  await ticket.tell({ kind: 'bounced', messageId, detail: '5.1.1' });
  await ticket.does({ kind: 'set_status', by: mia, to: 'cancelled' });
  await ticket.ends();
  return [ticketWorkflowId(ticket.id)];
};

/** An escalation that pauses, its summary, a takeover and its refusal, hand-back by hand, by time and by the AI's turn. */
const escalationAndHandBack: Life = async (desk) => {
  const place = await aPlace(desk, { policy: { onEscalate: 'pause', autoResumeMinutes: 30 } });
  const { mia } = place;
  const robin = { kind: 'agent', id: place.agentId ?? '' } as const;
  await say(desk, place);
  const ticket = await Ticket.open(desk, place, robin, { origin: 'escalation', escalation: { case: null, reason: 'refund' } });
  await waitFor(async () => (await ticket.kinds()).includes('summary_made'), 'the summary');
  await say(desk, place, 'Anybody?');
  await ticket.does({ kind: 'escalate', by: robin, case: null, reason: 'again', priority: null });
  await ticket.does({ kind: 'take_over', by: mia, force: false });
  await ticket.command({ kind: 'take_over', by: { kind: 'operator', id: newId('operator') }, force: false });
  await ticket.does({ kind: 'extend_pause', by: mia, minutes: 10 });
  await ticket.does({ kind: 'resume_ai', by: mia });
  const { messageId } = await say(desk, place, 'And now?');
  await ticket.tell({ kind: 'ai_answered', by: robin, messageId: newId('message'), lastSeenMessage: messageId });
  await ticket.replies(mia, { takeOver: true });
  await ticket.skips(31 * MINUTE_MS);
  await waitFor(async () => (await ticket.kinds()).filter((kind) => kind === 'ai_resumed').length === 2, 'the AI is back');
  await say(desk, place, 'Hello?');
  await ticket.skips(3 * MINUTE_MS);
  await ticket.becomes('on_you');
  await ticket.does({ kind: 'pause_ai', by: mia });
  await ticket.does({ kind: 'set_status', by: mia, to: 'closed' });
  await ticket.ends();
  return [ticketWorkflowId(ticket.id)];
};

/** Undo send, a snooze that ends by time and one by hand, a refused mail sent again, and one that a workflow of its own retries. */
const undoSnoozeRetry: Life = async (desk) => {
  const place = await aPlace(desk, { channel: 'email' });
  const { mia } = place;
  const ticket = new Ticket(desk, place, (await say(desk, place)).ticketId ?? '');
  const undone = await ticket.replies(mia, { holdMs: 10_000 });
  await ticket.does({ kind: 'withdraw_reply', by: mia, messageId: undone });
  await ticket.does({ kind: 'snooze', by: mia, until: null });
  await ticket.does({ kind: 'unsnooze', by: mia });
  await ticket.does({ kind: 'snooze', by: mia, until: Date.now() + HOUR_MS });
  await ticket.skips(HOUR_MS + MINUTE_MS);
  await waitFor(async () => !(await ticket.row()).isSnoozed, 'the ticket woke');
  const delivery = async (id: string) => (await desk.prisma.message.findUniqueOrThrow({ where: { id } })).delivery;
  answers.push({ kind: 'failed', permanent: true, response: '550 no', refused: [] });
  const refused = await ticket.replies(mia);
  await waitFor(async () => (await delivery(refused)) === 'failed', 'the refusal');
  await ticket.does({ kind: 'retry_delivery', by: mia, messageId: refused, author: mia });
  await waitFor(async () => (await delivery(refused)) === 'sent', 'the second try');
  answers.push({ kind: 'temporary', response: '451 later', refused: [] });
  const later = await ticket.replies(mia, { status: 'resolved' });
  await waitFor(async () => (await delivery(later)) === 'sent', 'the retry');
  await ticket.does({ kind: 'set_status', by: mia, to: 'closed' });
  await ticket.ends();
  return [ticketWorkflowId(ticket.id), deliverWorkflowId(later)];
};

/** Resolved by a person, asked by mail how it was, answered, closed, and answered anew when nobody runs any more. */
const howItWas: Life = async (desk) => {
  const place = await aPlace(desk, { channel: 'email' });
  const { mia, teamId, requesterId } = place;
  await desk.prisma.policyVersion.create({ data: { teamId, scope: 'team', version: 1, body: { csat: 'ask' }, changedBy: { kind: 'baton' } } });
  const ticket = new Ticket(desk, place, (await say(desk, place)).ticketId ?? '');
  await ticket.replies(mia, { status: 'resolved' });
  await ticket.skips(HOUR_MS + MINUTE_MS);
  await waitFor(async () => (await ticket.kinds()).includes('baton_wrote'), 'the question');
  await ticket.does({ kind: 'rate', by: { kind: 'requester', id: requesterId }, score: 4, comment: 'Quick.' });
  await ticket.does({ kind: 'set_status', by: mia, to: 'closed' });
  await ticket.ends();
  await ticket.does({ kind: 'rate', by: { kind: 'requester', id: requesterId }, score: 2, comment: '' });
  await ticket.ends();
  return [ticketWorkflowId(ticket.id)];
};

/** An agent's answer by mail, which no ticket owes, tried in vain for a day. */
const agentsMailGivenUp: Life = async (desk) => {
  const { teamId, conversationId, agentId } = await aPlace(desk, { channel: 'email', policy: {} });
  const { epoch } = await desk.prisma.conversation.findUniqueOrThrow({ where: { id: conversationId } });
  const id = newId('message');
  await recordAiMessage(desk.prisma, { id, teamId, conversationId, agentId: agentId ?? '', text: 'On its way.', epoch, lastSeenMessage: null, at: new Date() }, () => Promise.resolve(null));
  const later: SendResult = { kind: 'temporary', response: '451 later', refused: [] };
  answers.push(...Array.from({ length: 80 }, () => later));
  await followAiMessage(desk.deps, { teamId, messageId: id });
  await skipTimeOf(desk.deps.client, deliverWorkflowId(id), DAY_MS + HOUR_MS);
  await waitFor(async () => (await desk.prisma.message.findUniqueOrThrow({ where: { id } })).delivery === 'failed', 'it is given up');
  answers.length = 0;
  return [deliverWorkflowId(id)];
};

/** So many commands that a second run follows the first. */
const secondRun: Life = async (desk) => {
  const place = await aPlace(desk);
  const ticket = await Ticket.open(desk, place, place.mia);
  const first = await ticket.runId();
  for (let n = 0; n < 200 && (await ticket.runId()) === first; n += 1) {
    await ticket.does({ kind: 'change', by: place.mia, priority: n % 2 === 0 ? 'high' : 'low' });
  }
  await ticket.does({ kind: 'look' });
  await ticket.does({ kind: 'set_status', by: place.mia, to: 'closed' });
  await ticket.ends();
  return [ticketWorkflowId(ticket.id)];
};

/** Two messages at once set two activities going, which end one after the other and leave nothing to do; each answer finds the ticket at rest. */
const questionAndAnswer: Life = async (desk) => {
  const place = await aPlace(desk);
  const ticket = await Ticket.open(desk, place, place.mia);
  await ticket.does({ kind: 'claim', by: place.mia });
  for (let n = 0; n < 6; n += 1) {
    await Promise.all([say(desk, place), say(desk, place)]);
    // What is left to the holders of its answers it writes down itself by then.
    await ticket.skips(LEFT_TO_HOLDER_MS);
    await waitFor(async () => {
      const now = await ticket.carried();
      return now !== null && now.outbox.length === 0 && now.state.routing.heardId === null;
    }, 'the ticket is at rest');
    await ticket.does({ kind: 'set_status', by: place.mia, to: 'on_customer' });
  }
  await ticket.does({ kind: 'set_status', by: place.mia, to: 'closed' });
  await ticket.ends();
  return [ticketWorkflowId(ticket.id)];
};

/** A summary that somebody asks for, twice at once, and again once the ticket is closed. */
const summaryMadeAnew: Life = async (desk) => {
  const place = await aPlace(desk);
  const { mia } = place;
  const ticket = await Ticket.open(desk, place, mia);
  await say(desk, place);
  const made = (count: number) => waitFor(async () => (await ticket.kinds()).filter((kind) => kind === 'summary_made').length === count, `${count} summaries`);
  await Promise.all([ticket.does({ kind: 'refresh_summary', by: mia }), ticket.does({ kind: 'refresh_summary', by: mia })]);
  await made(1);
  await ticket.does({ kind: 'set_status', by: mia, to: 'closed' });
  await ticket.ends();
  await ticket.does({ kind: 'refresh_summary', by: mia });
  await made(2);
  await ticket.ends();
  return [ticketWorkflowId(ticket.id)];
};

/** A summary whose model is never asked, since nobody serves the queue of models; the ticket is closed all the same. */
const summaryNeverAsked: Life = async () => {
  const desk = await aDesk({ mailer, hasNoAgents: true });
  const place = await aPlace(desk);
  const { mia } = place;
  const ticket = await Ticket.open(desk, place, mia);
  await say(desk, place);
  await ticket.does({ kind: 'refresh_summary', by: mia });
  const execution = { workflowId: ticketWorkflowId(ticket.id) };
  await waitFor(async () => {
    // Its minute is cut short.
    const isLate = desk.deps.client.workflowService.updateActivityOptions({ namespace: 'default', execution, type: 'summariseTicket', activityOptions: { scheduleToCloseTimeout: msToTs(500) }, updateMask: { paths: ['schedule_to_close_timeout'] } });
    await isLate.catch(() => 'none is under way');
    return (await ticket.kinds()).includes('summary_made');
  }, 'the extract');
  await ticket.does({ kind: 'set_status', by: mia, to: 'closed' });
  await ticket.ends();
  await desk.close();
  return [execution.workflowId];
};

/** The safety net, nudged twice. */
const sweeping: Life = async (desk) => {
  const { teamId } = await aPlace(desk);
  await startSweeper(desk.deps, teamId);
  await pause(1_000);
  await startSweeper(desk.deps, teamId);
  await pause(1_000);
  await desk.deps.client.workflow.getHandle(sweeperWorkflowId(teamId)).terminate('recorded');
  return [sweeperWorkflowId(teamId)];
};

/** Commands whose writing is left to who gave them for minutes, and made sure of: by time, by a sleep, by the end. */
const leftForLong: Life = async (desk) => {
  const place = await aPlace(desk);
  const { mia } = place;
  const ticket = await Ticket.open(desk, place, mia);
  await ticket.does({ kind: 'claim', by: mia });
  await say(desk, place);
  await ticket.does({ kind: 'look' });
  await ticket.skips(LEFT_TO_HOLDER_MS);
  await waitFor(async () => (await ticket.carried())?.outbox.length === 0, 'the ticket has made sure');
  for (let n = 0; n < 31; n += 1) await ticket.does({ kind: 'change', by: mia, priority: n % 2 === 0 ? 'high' : 'low' });
  await ticket.does({ kind: 'snooze', by: mia, until: Date.now() + DAY_MS });
  await waitFor(async () => (await ticket.row()).isSnoozed && (await ticket.carried())?.outbox.length === 0, 'the ticket sleeps');
  await ticket.does({ kind: 'unsnooze', by: mia });
  await ticket.does({ kind: 'set_status', by: mia, to: 'closed' });
  await ticket.ends();
  return [ticketWorkflowId(ticket.id)];
};

export const LIVES: Readonly<Record<string, Life>> = {
  mailUntilReopened,
  escalationAndHandBack,
  undoSnoozeRetry,
  secondRun,
  questionAndAnswer,
  sweeping,
  // The same lives in runs that leave the writing to whoever holds their answer (decision 060).
  leftMailUntilReopened: mailUntilReopened,
  leftEscalationAndHandBack: escalationAndHandBack,
  leftUndoSnoozeRetry: undoSnoozeRetry,
  leftSecondRun: secondRun,
  // And in runs that leave what comes meanwhile anew.
  anewMailUntilReopened: mailUntilReopened,
  anewUndoSnoozeRetry: undoSnoozeRetry,
  anewSecondRun: secondRun,
  // And in runs that go on anew when they are put to sleep (decision 063).
  asleepUndoSnoozeRetry: undoSnoozeRetry,
  summaryMadeAnew,
  summaryNeverAsked,
  howItWas,
  agentsMailGivenUp,
  webhookRefusedThenTaken: async (desk) => webhookRefusedThenTaken(desk, await aPlace(desk)),
  turnsOfAnAgent: async (desk) => turnsOfAnAgent(desk, await aPlace(desk, { policy: { helpDesk: true } })),
  translatedAtTheSecondTry,
  neverTranslated,
  replyNotTranslated,
  // Runs that decide by the second edition of the rules (decision 080), and that tell of a cancelled answer.
  wholeEscalationAndHandBack: escalationAndHandBack,
  escalationJoins: async (desk) => escalationJoins(desk, await aPlace(desk, { policy: { onEscalate: 'pause', autoResumeMinutes: 30, handoverCases: [{ ...REFUND, skills: [...REFUND.skills] }] } })),
  toldTurnsOfAnAgent: async (desk) => turnsOfAnAgent(desk, await aPlace(desk, { policy: { helpDesk: true } })),
  // Runs that look in their own worker, and in which whoever ends a turn tells the next (decision 090).
  nearbyTurnsOfAnAgent: async (desk) => turnsOfAnAgent(desk, await aPlace(desk, { policy: { helpDesk: true } })),
  // Runs that decide by the third edition (decision 087).
  thirdEscalationAndHandBack: escalationAndHandBack,
  thirdUndoSnoozeRetry: undoSnoozeRetry,
  // Runs whose changes are left to the holders of their answers for long, and turns that end in the call of their agent (decision 091).
  leftForLong,
  longUndoSnoozeRetry: undoSnoozeRetry,
  longEscalationAndHandBack: escalationAndHandBack,
  calledTurnsOfAnAgent: async (desk) => turnsOfAnAgent(desk, await aPlace(desk, { policy: { helpDesk: true } })),
  reopenedForSomebodyGone: async (desk) => reopenedForSomebodyGone(desk, await aPlace(desk, { policy: { helpDesk: true } })),
};
