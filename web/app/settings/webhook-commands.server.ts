import { WEBHOOK_EVENTS } from '#workflows/contract/webhook-events.ts';
import type { Result } from '#workflows/domain/errors.ts';
import { textOf, textsOf } from '../desk.server.ts';
import { unknownIntent } from '../outcome.server.ts';
import type { Command } from '../outcome.server.ts';

/** What the pages of webhooks can ask for, by intent. */
export async function webhookCommand(command: Command): Promise<Result<unknown>> {
  const { desk, form, intent } = command;
  const id = textOf(form, 'id');
  switch (intent) {
    case 'webhook-new':
      return desk.createWebhook(fieldsIn(form));
    case 'webhook-change':
      return desk.changeWebhook(id, fieldsIn(form));
    case 'webhook-enabled':
      return desk.changeWebhook(id, { enabled: textOf(form, 'enabled') === 'yes' });
    case 'webhook-delete':
      return desk.deleteWebhook(id);
    case 'webhook-secret':
      return desk.rotateWebhookSecret(id);
    case 'webhook-test':
      return desk.testWebhook(id);
    case 'webhook-payload':
      return desk.webhookDelivery(id, textOf(form, 'deliveryId'));
    case 'webhook-resend':
      return desk.resendWebhook(id, textOf(form, 'deliveryId'));
    default:
      return unknownIntent(command);
  }
}

/** Every event ticked is all of them, those of later versions included; so is none. */
function fieldsIn(form: FormData) {
  const ticked = textsOf(form, 'events');
  const events = WEBHOOK_EVENTS.filter((one) => ticked.includes(one));
  return { url: textOf(form, 'url'), description: textOf(form, 'description'), events: events.length === WEBHOOK_EVENTS.length ? [] : events };
}
