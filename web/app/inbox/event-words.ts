import { clockWords } from './clock-words.ts';
import { scoreWords } from './csat-words.ts';
import { languageName } from './language-name.ts';
import type { EntryView } from '#workflows/contract/views.ts';
import { PAUSE_REASONS } from '#workflows/domain/ai-mode.ts';

/** What the sentences need to know beside the event itself. */
export interface Naming {
  readonly status: (slug: string) => string;
  readonly priority: (slug: string) => string;
  readonly operator: (id: string) => string;
  readonly group: (key: string) => string;
  readonly time: (at: number | string) => string;
}

/** Kinds that say nothing to a reader: the message itself shows them. */
const SILENT: readonly string[] = ['reply_released', 'summary_asked', 'summary_made', 'pause_extended', 'customer_wrote', 'ai_answered', 'replied', 'noted', 'baton_wrote', 'turn_missed', 'clocks_settled'];

/** One event as what follows the actor's name ("Mia" + "set the status to On hold"); null where nothing is to be said. */
export function eventWords(entry: Pick<EntryView, 'kind' | 'data'>, naming: Naming): string | null {
  const { kind, data } = entry;
  const text = (name: string) => {
    const value = data[name];
    return typeof value === 'string' ? value : '';
  };
  const list = (name: string) => {
    const value = data[name];
    return Array.isArray(value) ? value.map(String).join(', ') : '';
  };
  if (SILENT.includes(kind)) return null;
  switch (kind) {
    case 'created':
      return createdWords(text('origin'));
    case 'escalated':
      return `${data['joined'] === true ? 'escalated again' : 'escalated'}${text('case') ? ` (${text('case')})` : ''}: ${text('reason')}`;
    case 'status_changed':
      return `set the status to ${naming.status(text('to'))}${causeWords(text('cause'))}`;
    case 'assigned':
      return assignedWords(data, naming);
    case 'not_picked_up':
      return notPickedUpWords(naming.operator(text('operatorId')), data['missed']);
    case 'offer_expired':
      return `could not tell it in time that it was to be ${naming.operator(text('operatorId'))}’s, and chooses again`;
    case 'assignment_escalated':
      return `told ${escalatedToWords(data['to'], naming)} that nobody ${text('why') === 'unassigned' ? 'has it' : 'picks it up'}`;
    case 'needs_changed':
      return `changed whom it needs: ${needsWords({ skills: list('skills'), group: text('group') && naming.group(text('group')), language: text('language') })}`;
    case 'taken_over':
      return data['forced'] === true ? 'took the conversation over from a colleague' : 'took the conversation over';
    case 'ai_paused':
      return pausedWords(data['mode'], naming);
    case 'ai_resumed':
      return resumedWords(text('cause'));
    case 'subject_changed':
      return `renamed it to “${text('to')}”`;
    case 'priority_changed':
      return `set the priority to ${naming.priority(text('to'))}`;
    case 'tags_changed':
      return [list('added') && `added ${list('added')}`, list('removed') && `removed ${list('removed')}`].filter(Boolean).join(' and ') || 'changed the tags';
    case 'snoozed':
      return data['until'] == null ? 'snoozed it until they write' : `snoozed it until ${naming.time(instantIn(data['until']))}`;
    case 'woke':
      return wokeWords(text('cause'));
    case 'reply_withdrawn':
      return 'took a reply back before it was sent';
    case 'delivery_changed':
      return deliveryWords(text('delivery'), text('detail'));
    case 'bounced':
      return `could not deliver a mail: ${text('detail')}`;
    case 'csat_received':
      return `said how it was: ${scoreWords(data['score'])}${text('comment') ? `, “${text('comment')}”` : ''}`;
    case 'sla_warned':
      return `warned that the ${clockWords(text('clock'))} is due ${naming.time(instantIn(data['dueAt']))}${sentWords(data['webhooks'])}`;
    case 'sla_breached':
      return `said that the ${clockWords(text('clock'))} was due ${naming.time(instantIn(data['dueAt']))} and is late${sentWords(data['webhooks'])}`;
    case 'policy_followed':
      return `follows ${policyPartsWords(text('from'), text('to'))} now`;
    case 'renumbered':
      return 'found the timeline out of step with the ticket and wrote it again';
    case 'ai_reply_suppressed':
      return `wrote an answer that was not sent, as the AI was paused ${text('why') === 'paused' ? 'by then' : 'in between'}`;
    case 'case_not_escalated':
    case 'escalation_refused':
      return `asked to escalate${text('case') ? ` (${text('case')})` : ''}, which the policy does not allow`;
    default:
      // A newer server may know kinds that this page does not: their name is better than nothing.
      return kind.replaceAll('_', ' ');
  }
}

/** Of a warning or a breach that its policy sends to webhooks by name. */
function sentWords(webhooks: unknown): string {
  if (!Array.isArray(webhooks) || webhooks.length === 0) return '';
  return `, and told ${webhooks.length === 1 ? 'a webhook' : `${webhooks.length} webhooks`}`;
}

function instantIn(value: unknown): number | string {
  return typeof value === 'number' || typeof value === 'string' ? value : '';
}

function createdWords(origin: string): string {
  switch (origin) {
    case 'escalation':
      return 'opened the ticket by escalating';
    case 'takeover':
      return 'opened the ticket by taking over';
    case 'email':
      return 'opened the ticket by mail';
    case 'form':
      return 'opened the ticket by hand';
    default:
      return 'opened the ticket';
  }
}

function causeWords(cause: string): string {
  switch (cause) {
    case 'human_replied':
      return ', having replied';
    case 'customer_wrote':
      return ', by writing';
    case 'claimed':
      return ', taking it on';
    case 'turn_missed':
      return ', as no AI answer came in time';
    case 'reopen_window_over':
      return ', as the time to reopen it is over';
    case 'no_answer':
      return ', as no answer came';
    default:
      return '';
  }
}

function assignedWords({ from, to, how, routing }: EntryView['data'], naming: Naming): string {
  const nameOf = (id: unknown) => naming.operator(typeof id === 'string' ? id : '');
  if (typeof to !== 'string') {
    if (how === 'not_picked_up') return `unassigned it, as ${nameOf(from)} had not picked it up`;
    return how === 'assignee_away' ? `unassigned it, as ${nameOf(from)} is not there to answer` : 'unassigned it';
  }
  if (how === 'claimed' || how === 'taken_over') return 'took it on';
  if (how !== 'automatic') return `assigned it to ${nameOf(to)}`;
  const startsAt = typeof routing === 'object' && routing !== null && 'startsAt' in routing ? routing.startsAt : null;
  return `assigned it to ${nameOf(to)} automatically${startsAt === null ? '' : `, for the shift from ${naming.time(instantIn(startsAt))}`}`;
}

function notPickedUpWords(who: string, missed: unknown): string {
  return `waited in vain for ${who} to pick it up${typeof missed === 'number' && missed > 1 ? `; that makes ${missed} in a row` : ''}`;
}

function escalatedToWords(to: unknown, naming: Naming): string {
  if (typeof to !== 'object' || to === null) return 'the admins';
  if ('id' in to && typeof to.id === 'string') return naming.operator(to.id);
  return 'key' in to && typeof to.key === 'string' ? `the group ${naming.group(to.key)}` : 'the admins';
}

function needsWords({ skills, group, language }: { skills: string; group: string; language: string }): string {
  const needs = [skills && `with ${skills}`, group && `of the group ${group}`, language && `speaking ${languageName(language)}`].filter(Boolean);
  return needs.length === 0 ? 'anybody' : `somebody ${needs.join(', ')}`;
}

function pausedWords(mode: unknown, naming: Naming): string {
  const reason = typeof mode === 'object' && mode !== null && 'reason' in mode ? PAUSE_REASONS.find((one) => one === mode.reason) : undefined;
  const resumeAt = typeof mode === 'object' && mode !== null && 'resumeAt' in mode && typeof mode.resumeAt === 'number' ? mode.resumeAt : null;
  const until = resumeAt === null ? '' : ` until ${naming.time(resumeAt)}`;
  switch (reason) {
    case 'reply':
      return `paused the AI${until} by replying`;
    case 'escalated':
      return `paused the AI${until} with the escalation`;
    case 'reopened':
      return `paused the AI${until}, as the ticket was reopened`;
    default:
      return `paused the AI${until}`;
  }
}

function resumedWords(cause: string): string {
  if (cause === 'finished') return 'handed the conversation back to the AI';
  if (cause === 'auto') return 'let the AI answer again, as the time was up';
  return 'allowed the AI to answer again';
}

function wokeWords(cause: string): string {
  if (cause === 'customer_wrote') return 'woke it by writing';
  if (cause === 'by_hand') return 'woke it';
  if (cause === 'finished') return 'ended the snooze with the ticket';
  return 'woke it, as the time had come';
}

function deliveryWords(delivery: string, detail: string): string | null {
  if (delivery === 'failed') return `could not deliver a message${detail ? `: ${detail}` : ''}`;
  if (delivery === 'unknown') return 'does not know whether a message was delivered';
  if (delivery === 'suppressed') return 'held back an answer of the AI, as a person had taken over';
  return null;
}

const POLICY_PARTS = { t: 'the team’s policy', a: 'its agent’s policy', s: 'the SLA policies or hours' } as const;

/** Versions name their parts, like `t3.a2.s5`: what took over is what differs. */
function policyPartsWords(from: string, to: string): string {
  const numberOf = (version: string, part: string) => new RegExp(`(?:^|\\.)${part}(\\d+)`).exec(version)?.[1] ?? '0';
  const newer = Object.entries(POLICY_PARTS).flatMap(([part, words]) => (numberOf(from, part) === numberOf(to, part) ? [] : [`${words} (version ${numberOf(to, part)})`]));
  return newer.length === 0 ? 'a newer policy' : newer.join(' and ');
}
