import { COMPOSE_TASKS, TONES } from '#workflows/contract/compose.ts';
import { refuseField } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';
import { PRIORITIES } from '#workflows/domain/priority.ts';
import { STATUSES } from '#workflows/domain/status.ts';
import { textOf, textsOf } from '../desk.server.ts';
import { unknownIntent } from '../outcome.server.ts';
import type { Command } from '../outcome.server.ts';

/** What the page of a ticket can ask for, by intent. */
export async function ticketCommand(ticketId: string, command: Command): Promise<Result<unknown>> {
  const { desk, form, key, intent } = command;
  switch (intent) {
    case 'status': {
      const status = STATUSES.find((one) => one === textOf(form, 'status'));
      return status ? desk.setStatus(ticketId, { status }, key) : refuseField('body.status', 'must be a status');
    }
    case 'assign':
      return desk.assign(ticketId, { assignee: textOf(form, 'assignee') || null }, key);
    case 'claim':
      return desk.claim(ticketId, key);
    case 'priority': {
      const priority = PRIORITIES.find((one) => one === textOf(form, 'priority'));
      return priority ? desk.changeTicket(ticketId, { priority }, key) : refuseField('body.priority', 'must be a priority');
    }
    case 'subject':
      return desk.changeTicket(ticketId, { subject: textOf(form, 'subject') }, key);
    case 'tags':
      return desk.changeTicket(ticketId, { tags: textsOf(form, 'tag').filter((tag) => tag !== '') }, key);
    case 'skills':
      return desk.changeTicket(ticketId, { skills: textsOf(form, 'skill').filter((skill) => skill !== '') }, key);
    case 'group':
      return desk.changeTicket(ticketId, { group: textOf(form, 'group') || null }, key);
    case 'language':
      return desk.changeTicket(ticketId, { language: textOf(form, 'language') || null }, key);
    case 'requester-language':
      return desk.changeRequester(textOf(form, 'requester'), { language: textOf(form, 'language') || null });
    case 'translate':
      return desk.translateText(ticketId, { text: textOf(form, 'text'), to: textOf(form, 'to') });
    case 'snooze':
      return desk.snooze(ticketId, { until: textOf(form, 'until') || null }, key);
    case 'unsnooze':
      return desk.unsnooze(ticketId, key);
    case 'reply':
      return reply(ticketId, command);
    case 'note':
      return desk.note(ticketId, { text: textOf(form, 'text'), mentions: textsOf(form, 'mention'), attachments: textsOf(form, 'attachment') }, key);
    case 'withdraw':
      return desk.withdrawReply(ticketId, textOf(form, 'messageId'), key);
    case 'retry':
      return desk.retryDelivery(ticketId, textOf(form, 'messageId'), key);
    case 'draft':
      return desk.saveDraft(ticketId, { kind: textOf(form, 'kind') === 'note' ? 'note' : 'reply', text: textOf(form, 'text'), attachments: textsOf(form, 'attachment') });
    case 'summary':
      return desk.refreshSummary(ticketId, key);
    case 'compose':
      return compose(ticketId, command);
    case 'compose-stop':
      return desk.stopCompose(ticketId, textOf(form, 'composeId'));
    case 'read':
      return desk.markRead(ticketId, Number(textOf(form, 'position')));
    case 'mention-done':
      return desk.markMentionDone(ticketId);
    default:
      return unknownIntent(command);
  }
}

function reply(ticketId: string, { desk, form, key }: Command): Promise<Result<unknown>> {
  const status = STATUSES.find((one) => one === textOf(form, 'status'));
  const sourceText = textOf(form, 'sourceText');
  const cc = textOf(form, 'cc').split(/[\s,;]+/).filter((address) => address !== '');
  return desk.reply(
    ticketId,
    {
      text: textOf(form, 'text'),
      takeOver: textOf(form, 'takeOver') === 'yes',
      ...(textOf(form, 'channel') === 'email' && { channel: 'email' as const }),
      holdMs: Number(textOf(form, 'holdMs')) || 0,
      lastSeenMessage: textOf(form, 'lastSeenMessage') || null,
      force: textOf(form, 'force') === 'yes',
      aiAssisted: textOf(form, 'aiAssisted') === 'yes',
      attachments: textsOf(form, 'attachment'),
      ...(status && { status }),
      ...(cc.length > 0 && { cc }),
      ...(sourceText !== '' && { translation: { sourceText, sourceLanguage: textOf(form, 'sourceLanguage'), language: textOf(form, 'language') } }),
    },
    key,
  );
}

async function compose(ticketId: string, { desk, form, key }: Command): Promise<Result<unknown>> {
  const task = COMPOSE_TASKS.find((one) => one === textOf(form, 'task'));
  if (task === undefined) return refuseField('body.task', `must be one of: ${COMPOSE_TASKS.join(', ')}`);
  const tone = TONES.find((one) => one === textOf(form, 'tone'));
  const [start, end] = [textOf(form, 'start'), textOf(form, 'end')];
  return desk.compose(
    ticketId,
    {
      task,
      ...(tone && { tone }),
      ...(textOf(form, 'to') !== '' && { to: textOf(form, 'to') }),
      text: textOf(form, 'text'),
      ...(start !== '' && { selection: { start: Number(start), end: Number(end) } }),
      lastSeenMessage: textOf(form, 'lastSeenMessage') || null,
      includeNotes: textOf(form, 'includeNotes') === 'yes',
    },
    key,
  );
}
