import { WEBHOOK_EVENTS } from '#workflows/contract/webhook-events.ts';
import { NO_EVENTS } from '#workflows/contract/webhooks.ts';
import type { WebhookView } from '#workflows/contract/webhooks.ts';
import { ok, refuseField } from '#workflows/domain/errors.ts';
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
    case 'webhook-change': {
      const fields = fieldsIn(form);
      if (!fields.ok) return fields;
      return intent === 'webhook-new' ? desk.createWebhook(fields.value) : desk.changeWebhook(id, fields.value);
    }
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

/** By API no event named is all of them; whoever ticks boxes and leaves all of them empty means something else. */
function fieldsIn(form: FormData) {
  const ticked = textsOf(form, 'events');
  const hears = textOf(form, 'hears');
  const events: WebhookView['events'] = hears === 'none' ? [NO_EVENTS] : hears === 'some' ? WEBHOOK_EVENTS.filter((one) => ticked.includes(one)) : [];
  if (hears === 'some' && events.length === 0) return refuseField('body.events', 'tick one at least, or choose all or none');
  return ok({ url: textOf(form, 'url'), description: textOf(form, 'description'), events });
}
