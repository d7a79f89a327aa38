import { AGENT_ROUTING_KEYS } from '#workflows/domain/routing-policy.ts';
import type { PolicyField } from './policy-fields.ts';

/** Assignment, in words; the order of the page. */
export const ASSIGNMENT_FIELDS: readonly PolicyField[] = [
  {
    key: 'assignment.mode',
    title: 'Assign new tickets',
    hint: 'Only people who are online, and below their cap, get tickets by themselves.',
    input: {
      kind: 'choice',
      options: [
        ['manual', 'By hand'],
        ['balanced', 'Balanced: whoever has fewest'],
        ['round_robin', 'Round robin: everybody in turn'],
      ],
    },
  },
  {
    key: 'assignment.eligibleGroup',
    title: 'Assign to',
    hint: 'A ticket whose handover case names a group goes to that one instead.',
    input: { kind: 'group', none: 'Everybody who works tickets' },
  },
  {
    key: 'assignment.skills',
    title: 'Required skills',
    hint: 'In addition to those that the ticket asks for. Separate them with commas; people’s own are on the People page.',
    input: { kind: 'words', placeholder: 'billing, returns' },
  },
  {
    key: 'assignment.languages',
    title: 'Required languages',
    hint: 'Where the ticket’s own language is not known. Language tags, separated by commas.',
    input: { kind: 'words', placeholder: 'de, pt-BR' },
  },
  {
    key: 'assignment.relaxAfterMinutes',
    title: 'Insist on them for',
    hint: 'After this time a ticket goes to whoever is free, even without those skills and languages. Empty: it keeps waiting.',
    input: { kind: 'number', unit: 'minutes', none: 'always' },
  },
  {
    key: 'assignment.pickUpMinutes',
    title: 'Pick up within',
    hint: 'Picked up: claimed, replied to, noted or given a status. A ticket that is not goes to somebody else. Empty: no limit.',
    input: { kind: 'number', unit: 'business minutes', none: 'no limit' },
  },
  {
    key: 'assignment.pickUpRounds',
    title: 'Hand on at most',
    hint: 'When nobody picked it up by then, it is escalated and left to people.',
    input: { kind: 'number', unit: 'times' },
  },
  {
    key: 'assignment.unassignedMinutes',
    title: 'Escalate unassigned',
    hint: 'Once, when a ticket has been unassigned for this long. Empty: never.',
    input: { kind: 'number', unit: 'minutes', none: 'never' },
  },
  { key: 'assignment.escalateTo', title: 'An escalation tells', hint: 'It also raises the priority by one step.', input: { kind: 'escalateTo' } },
  {
    key: 'assignment.nextShiftFallback',
    title: 'Next-shift fallback',
    hint: 'When nobody is there, the person whose shift starts next gets the ticket in advance; their time to pick it up starts with the shift.',
    input: { kind: 'switch' },
  },
  {
    key: 'assignment.reassignReplies',
    title: 'Reassign replies',
    hint: 'When the customer writes and the assignee is away like this, somebody else gets the ticket. None: it stays with them.',
    input: { kind: 'several', options: [['offline', 'Offline'], ['time_off', 'On time off'], ['outside_shift', 'Outside their shift']] },
  },
  {
    key: 'assignment.capCounts',
    title: 'A cap counts',
    hint: 'Each person’s cap is on the People page; assigning by hand may exceed it.',
    input: { kind: 'choice', options: [['active', 'All their active tickets'], ['new_and_on_you', 'Only those that wait for us: new, and on you']] },
  },
  {
    key: 'assignment.rampPerMinute',
    title: 'Ramp',
    hint: 'Most tickets for somebody who just came online, so that the first in the morning does not get the whole queue. Empty: as many as their cap allows.',
    input: { kind: 'number', unit: 'tickets a minute', none: 'no ramp' },
  },
  {
    key: 'assignment.idleMinutes',
    title: 'Away when idle for',
    hint: 'Somebody online who does nothing for this long counts as away, unless they chose to stay online, and is back at their next move. Empty: never.',
    input: { kind: 'number', unit: 'minutes', none: 'never' },
  },
];

const OF_AGENTS: readonly string[] = AGENT_ROUTING_KEYS.map((key) => `assignment.${key}`);
/** Without what is about people, and the team's alone (P18). */
export const AGENT_ASSIGNMENT_FIELDS = ASSIGNMENT_FIELDS.filter(({ key }) => OF_AGENTS.includes(key));
