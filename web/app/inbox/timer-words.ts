import { clockWords } from './clock-words.ts';

/** What a timer will do, in words; an unknown one by its name. `clock`: whose alarm it is. */
export function timerWords(kind: string, clock = ''): string {
  switch (kind) {
    case 'sla_warning':
      return `SLA warning: ${clockWords(clock)}`;
    case 'sla_breach':
      return `SLA breach: ${clockWords(clock)}`;
    case 'snooze':
    case 'wake':
      return 'Comes back';
    case 'reopen_window':
    case 'close':
      return 'Closes';
    case 'auto_resume':
    case 'resume':
      return 'AI may answer again';
    case 'turn':
      return 'Counts as unanswered by the AI';
    case 'release':
    case 'held_reply':
      return 'Reply is sent';
    case 'ladder':
      return 'Reminder or automatic resolution';
    case 'remind':
      return 'Reminder to the customer';
    case 'resolve':
      return 'Resolves for lack of an answer';
    case 'csat':
      return 'Asks the customer how it was, by mail';
    case 'pick_up':
      return 'Assigned anew if not picked up';
    case 'unassigned':
      return 'Escalates if nobody has it';
    default:
      return kind.replaceAll('_', ' ');
  }
}
