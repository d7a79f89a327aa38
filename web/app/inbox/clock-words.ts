import type { PausingStatus } from '#workflows/domain/sla-policy.ts';
import type { Status } from '#workflows/domain/status.ts';

/** What an SLA clock measures, in words inside a sentence; an unknown one by its name. */
export function clockWords(kind: string): string {
  switch (kind) {
    case 'first_reply':
      return 'first reply';
    case 'next_reply':
      return 'next reply';
    default:
      return kind.replaceAll('_', ' ');
  }
}

/** Which status a clock stands still in; where the team's words do not tell that one from others, whom we wait for. */
export function pauseWords(status: PausingStatus, labelOf: (status: Status) => string): string {
  const label = labelOf(status);
  if (label !== labelOf('on_you')) return `Paused in “${label}”`;
  return status === 'on_customer' ? 'Paused while we wait for the customer' : 'Paused while the ticket is on hold';
}
