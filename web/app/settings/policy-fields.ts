import type { PolicyKey } from '#workflows/domain/policy.ts';

/** How a setting is asked for, in words; the order of the page. */
export interface PolicyField {
  readonly key: Exclude<PolicyKey, 'handoverCases'>;
  readonly title: string;
  readonly hint: string;
  readonly input:
    | { readonly kind: 'switch' }
    | { readonly kind: 'choice'; readonly options: readonly (readonly [string, string])[] }
    | { readonly kind: 'number'; readonly unit: string; readonly step?: string; readonly isOptional?: boolean }
    | { readonly kind: 'text' }
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
    input: { kind: 'number', unit: 'minutes', isOptional: true },
  },
  {
    key: 'afterResolve',
    title: 'A message after resolving',
    hint: 'Who takes a customer’s message while the ticket can still be reopened.',
    input: {
      kind: 'choice',
      options: [
        ['auto', 'The AI where an agent serves the channel, else the ticket reopens'],
        ['ai', 'The AI answers; the ticket stays resolved'],
        ['reopen', 'The ticket reopens and the AI is paused'],
      ],
    },
  },
  { key: 'reopenWindowDays', title: 'Resolved becomes closed after', hint: 'Until then a message can reopen it.', input: { kind: 'number', unit: 'days', step: 'any' } },
  { key: 'autoCloseLadder', title: 'When the customer does not answer', hint: 'Counted from our last reply. No steps: tickets wait for ever.', input: { kind: 'ladder' } },
  { key: 'reminderMessage', title: 'Reminder message', hint: 'What the reminders above say.', input: { kind: 'text' } },
  { key: 'turnMinutes', title: 'An external agent has', hint: 'After that, a message of the customer counts as unanswered by the AI.', input: { kind: 'number', unit: 'minutes', step: 'any' } },
];
