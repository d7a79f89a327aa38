import type { z } from 'zod';
import type { notificationView } from '#workflows/contract/views.ts';

export type NotificationView = z.infer<typeof notificationView>;

/** What a notification says after the name of who did it. */
export function notificationWords(kind: string): string {
  switch (kind) {
    case 'mention':
      return 'mentioned you in';
    case 'assigned':
    case 'assignment':
      return 'assigned to you';
    case 'escalated':
      return 'escalated';
    case 'escalation':
      return 'found nobody to take on';
    case 'taken_over':
      return 'took over';
    case 'delivery_failed':
    case 'failed_delivery':
      return 'could not deliver your reply in';
    case 'sla_warning':
      return 'warns that time is running out for';
    case 'sla_breach':
      return 'reports a missed deadline of';
    case 'webhook_off':
      return 'turned off a webhook that fails:';
    case 'customer_wrote':
      return 'wrote in';
    default:
      return `${kind.replaceAll('_', ' ')}:`;
  }
}
