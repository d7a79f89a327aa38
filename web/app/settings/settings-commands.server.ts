import type { Result } from '#workflows/domain/errors.ts';
import { VOCABULARIES } from '#workflows/domain/labels.ts';
import { textOf } from '../desk.server.ts';
import { unknownIntent } from '../outcome.server.ts';
import type { Command } from '../outcome.server.ts';
import { agentCommand } from './agent-commands.server.ts';
import { modelCommand } from './model-commands.server.ts';
import { peopleCommand } from './people-commands.server.ts';
import { putPolicyCommand, restorePolicyCommand } from './policy-command.server.ts';
import { saveSchedule, whatIfClock } from './schedule-commands.server.ts';
import { putSlaCommand, whatIfSla } from './sla-command.server.ts';
import { webhookCommand } from './webhook-commands.server.ts';
import { widgetCommand } from './widget-commands.server.ts';

const ROLES = ['admin', 'operator', 'viewer'] as const;
const KEY_ROLES = ['agent', ...ROLES] as const;

/** What the pages of settings, the mail log and the demo's customer can ask for, by intent. */
export async function settingsCommand(command: Command): Promise<Result<unknown>> {
  const { desk, form, key, intent } = command;
  const text = (name: string) => textOf(form, name);
  switch (intent) {
    case 'team':
      return desk.changeTeam({ name: text('name'), vocabulary: VOCABULARIES.find((one) => one === text('vocabulary')) });
    case 'invite':
      return desk.invite({ name: text('name'), email: text('email'), role: ROLES.find((one) => one === text('role')) ?? 'operator' });
    case 'operator-role':
      return desk.changeOperator(text('id'), { role: ROLES.find((one) => one === text('role')), ...replaceBy(command) });
    case 'operator-locale':
      return desk.changeOperator(text('id'), { locale: text('locale') });
    case 'operator-disabled':
      return desk.changeOperator(text('id'), { disabled: text('disabled') === 'yes', ...replaceBy(command) });
    case 'people-shifts':
    case 'people-time-off':
    case 'people-routing':
    case 'group-new':
    case 'group-change':
    case 'group-delete':
      return peopleCommand(command);
    case 'model':
    case 'model-test':
      return modelCommand(command);
    case 'agent-new':
    case 'agent-name':
    case 'agent-setup':
    case 'agent-secret':
    case 'agent-try':
    case 'agent-what-if':
    case 'knowledge-read':
    case 'knowledge-save':
    case 'knowledge-delete':
      return agentCommand(command);
    case 'policy':
      return putPolicyCommand(command);
    case 'policy-restore':
      return restorePolicyCommand(command);
    case 'sla':
      return putSlaCommand(command);
    case 'schedule-save':
      return saveSchedule(command);
    case 'schedule-delete':
      return desk.deleteSchedule(text('id'), text('replaceBy') || null);
    case 'schedule-holidays':
      return desk.readHolidays({ ical: text('ical'), zone: text('zone') });
    case 'what-if-clock':
      return whatIfClock(command);
    case 'what-if-sla':
      return whatIfSla(command);
    case 'address-new':
      return desk.createAddress({ address: text('address'), ...addressFields(command) });
    case 'address-change':
      return desk.changeAddress(text('id'), addressFields(command));
    case 'address-delete':
      return desk.deleteAddress(text('id'));
    case 'tag-new':
      return desk.createTag(text('name'));
    case 'tag-delete':
      return desk.deleteTag(text('name'));
    case 'key-new':
      return desk.createKey({
        name: text('name'),
        role: KEY_ROLES.find((one) => one === text('role')) ?? 'operator',
        ...(text('role') === 'agent' && { agentId: text('agentId') }),
      });
    case 'key-revoke':
      return desk.revokeKey(text('id'));
    case 'webhook-new':
    case 'webhook-change':
    case 'webhook-enabled':
    case 'webhook-delete':
    case 'webhook-secret':
    case 'webhook-test':
    case 'webhook-payload':
    case 'webhook-resend':
      return webhookCommand(command);
    case 'widget-new':
    case 'widget-change':
    case 'widget-delete':
    case 'widget-secret':
      return widgetCommand(command);
    case 'mail-release':
      return desk.resolveQuarantine(text('id'), 'release', key);
    case 'mail-new-ticket':
      return desk.resolveQuarantine(text('id'), 'new_ticket', key);
    case 'mail-discard':
      return desk.resolveQuarantine(text('id'), 'discard', key);
    case 'customer-chat':
      return desk.demoCustomerSays({ text: text('text'), ...(text('conversationId') ? { conversationId: text('conversationId') } : { agentId: text('agentId') }) }, key);
    case 'customer-mail':
      return desk.demoCustomerMail({
        from: text('from'),
        to: text('to'),
        subject: text('subject'),
        text: text('text'),
        ...(text('inReplyTo') && { inReplyTo: text('inReplyTo') }),
      });
    default:
      return unknownIntent(command);
  }
}

/** Who takes the place of somebody who goes; left out where nobody was asked. */
function replaceBy({ form }: Command) {
  const chosen = textOf(form, 'replaceBy');
  return chosen === '' ? {} : { replaceBy: chosen === 'default' ? null : chosen };
}

function addressFields({ form }: Command) {
  return {
    agentId: textOf(form, 'agentId') || null,
    fromName: textOf(form, 'fromName'),
    signature: textOf(form, 'signature'),
    isDefault: textOf(form, 'isDefault') === 'yes',
  };
}
