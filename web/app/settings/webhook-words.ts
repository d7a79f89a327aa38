import { NO_EVENTS } from '#workflows/contract/webhooks.ts';
import type { WebhookDeliveryRow, WebhookView } from '#workflows/contract/webhooks.ts';
import type { Tone } from '../ui/badge.tsx';

/** What stands beside a webhook in lists. */
export function stateBadge({ state, off }: Pick<WebhookView, 'state' | 'off'>): { tone: Tone; words: string } {
  switch (state) {
    case 'on':
      return { tone: 'ok', words: 'On' };
    case 'failing':
      return { tone: 'warn', words: 'Failing' };
    case 'off':
      return off?.why === 'by_hand' ? { tone: 'plain', words: 'Off' } : { tone: 'danger', words: 'Turned off' };
  }
}

/** Why a webhook does not work as it should, and what helps; null: it does. */
export function troubleWords({ state, off }: Pick<WebhookView, 'state' | 'off'>): string | null {
  if (state === 'failing') return 'The last try failed. It is tried again for three days, ever more rarely; then the webhook is turned off and the admins are told.';
  switch (off?.why) {
    case 'failing':
      return 'Nothing but failures came of it for three days. Repair the receiver, then turn it on: what it is still owed is sent.';
    case 'gone':
      return 'The receiver said that it is gone for good (410). Enter its new address, then turn it on.';
    case 'by_hand':
      return 'Nothing is sent, and what happens meanwhile is not owed. What was owed before waits.';
    default:
      return null;
  }
}

/** What became of a delivery. */
export function deliveryBadge({ state, attempts }: Pick<WebhookDeliveryRow, 'state' | 'attempts'>): { tone: Tone; words: string } {
  switch (state) {
    case 'delivered':
      return { tone: 'ok', words: 'Delivered' };
    case 'failed':
      return { tone: 'danger', words: 'Failed' };
    case 'held_back':
      return { tone: 'plain', words: 'Held back' };
    case 'pending':
      return attempts === 0 ? { tone: 'plain', words: 'Waiting' } : { tone: 'warn', words: 'Trying again' };
  }
}

/** What a press would do with a delivery; null: nothing of it has been sent yet, so nothing can be sent again. */
export function resendWords({ state, attempts }: Pick<WebhookDeliveryRow, 'state' | 'attempts'>): string | null {
  if (attempts === 0) return null;
  return state === 'pending' ? 'Try now' : 'Resend';
}

/** How often a delivery was tried; of an untried one that has a time in the future, that it stands behind another. */
export function triesWords({ state, attempts, nextTryAt }: Pick<WebhookDeliveryRow, 'state' | 'attempts' | 'nextTryAt'>, now: number): string {
  if (attempts > 0) return `${attempts} ${attempts === 1 ? 'try' : 'tries'}`;
  const isBehind = state === 'pending' && nextTryAt !== null && Date.parse(nextTryAt) > now;
  return isBehind ? 'Waits for an earlier delivery about the same, which failed' : 'Not tried yet';
}

/** Which events a webhook listens to. */
export function eventsWords(events: readonly string[]): string {
  if (events.length === 0) return 'All events';
  if (events.every((one) => one === NO_EVENTS)) return 'Only what SLA policies send to it';
  return events.length <= 3 ? events.join(', ') : `${events.slice(0, 2).join(', ')} and ${events.length - 2} more`;
}
