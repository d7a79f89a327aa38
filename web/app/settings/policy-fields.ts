import type { PolicyKey } from '#workflows/domain/policy.ts';
import type { RoutingPolicy } from '#workflows/domain/routing-policy.ts';

/** How a setting is asked for, in words; the order of the page. */
export interface PolicyField {
  readonly key: Exclude<PolicyKey, 'handoverCases' | 'assignment'> | `assignment.${keyof RoutingPolicy}`;
  readonly title: string;
  readonly hint: string;
  readonly input:
    | { readonly kind: 'switch' }
    | { readonly kind: 'choice'; readonly options: readonly (readonly [string, string])[] }
    | { readonly kind: 'several'; readonly options: readonly (readonly [string, string])[] }
    /** `none`: the setting may be empty, which means this. */
    | { readonly kind: 'number'; readonly unit: string; readonly step?: string; readonly none?: string }
    | { readonly kind: 'text' }
    | { readonly kind: 'words'; readonly placeholder: string }
    | { readonly kind: 'group'; readonly none: string }
    | { readonly kind: 'schedule'; readonly none: string }
    | { readonly kind: 'escalateTo' }
    | { readonly kind: 'ladder' };
}

export const POLICY_FIELDS: readonly PolicyField[] = [
  {
    key: 'helpDesk',
    title: 'Help desk',
    hint: 'Off: this agent cannot escalate. Its conversations stay listed, and people can take them over.',
    input: { kind: 'switch' },
  },
  {
    key: 'defaultPriority',
    title: 'Default priority',
    hint: 'Of an escalation that names no handover case.',
    input: { kind: 'choice', options: [['low', 'Low'], ['normal', 'Normal'], ['high', 'High'], ['urgent', 'Urgent']] },
  },
  {
    key: 'onEscalate',
    title: 'On escalation',
    hint: 'What the AI does from the moment it escalates.',
    input: {
      kind: 'choice',
      options: [
        ['continue', 'Keeps answering until a person steps in'],
        ['pause', 'Stops, and sends the holding message'],
        ['flag', 'Only flags the conversation; no ticket until somebody takes over'],
      ],
    },
  },
  { key: 'holdingMessage', title: 'Holding message', hint: 'Sent once when the AI stops, and again when they write.', input: { kind: 'text' } },
  { key: 'holdingEveryMinutes', title: 'Repeat the holding message at most every', hint: 'When they write again while the AI is paused.', input: { kind: 'number', unit: 'minutes' } },
  {
    key: 'autoResumeMinutes',
    title: 'Auto-resume after',
    hint: 'The AI may answer again this long after the last human message. Empty: never by itself.',
    input: { kind: 'number', unit: 'minutes', none: 'off' },
  },
  {
    key: 'afterResolve',
    title: 'A message after resolving',
    hint: 'Who takes a customer’s message while the ticket can still be reopened.',
    input: {
      kind: 'choice',
      options: [
        ['auto', 'The AI answers; without one the ticket reopens'],
        ['ai', 'The AI answers; the ticket stays resolved'],
        ['reopen', 'The ticket reopens and the AI is paused'],
      ],
    },
  },
  { key: 'reopenWindowDays', title: 'Resolved becomes closed after', hint: 'Until then a message can reopen it.', input: { kind: 'number', unit: 'days', step: 'any' } },
  {
    key: 'csat',
    title: 'How was it?',
    hint: 'Asked once after a person has resolved a ticket: in the web chat at once, by mail after an hour if it is still resolved.',
    input: { kind: 'choice', options: [['off', 'The customer is not asked'], ['ask', 'The customer is asked']] },
  },
  { key: 'autoCloseLadder', title: 'When the customer does not answer', hint: 'Counted from our last reply. Without steps, tickets wait forever.', input: { kind: 'ladder' } },
  { key: 'reminderMessage', title: 'Reminder message', hint: 'What the reminders above say.', input: { kind: 'text' } },
  { key: 'turnMinutes', title: 'An external agent has', hint: 'After that, a message of the customer counts as unanswered by the AI.', input: { kind: 'number', unit: 'minutes', step: 'any' } },
  { key: 'scheduleId', title: 'Business hours', hint: 'For the out-of-hours reply, the time to pick up, and SLA policies that name no schedule.', input: { kind: 'schedule', none: 'The team’s default schedule' } },
  {
    key: 'outOfHoursMessage',
    title: 'Out-of-hours reply',
    hint: 'Once per closed period, to whoever writes to people then; {opening} becomes the next opening in their zone. Empty: none.',
    input: { kind: 'text' },
  },
  {
    key: 'translation',
    title: 'Translation',
    hint: 'Messages in a language that their reader does not know are shown translated, and replies are translated before they are sent. Off: nothing is given to the language model for it.',
    input: { kind: 'switch' },
  },
];
