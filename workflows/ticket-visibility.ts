import { defineSearchAttributeKey } from '@temporalio/common';
import type { TicketEntity } from './ticket-entity.ts';
import type { TicketState } from './domain/ticket-state.ts';

/** Registered by the worker at start: what an operator of Temporal filters by. */
export const SEARCH_ATTRIBUTES = {
  team: defineSearchAttributeKey('BatonTeam', 'KEYWORD'),
  status: defineSearchAttributeKey('BatonStatus', 'KEYWORD'),
  assignee: defineSearchAttributeKey('BatonAssignee', 'KEYWORD'),
};

export function searchAttributesOf(state: TicketState) {
  return [
    { key: SEARCH_ATTRIBUTES.team, value: state.teamId },
    { key: SEARCH_ATTRIBUTES.status, value: state.status },
    { key: SEARCH_ATTRIBUTES.assignee, value: state.assigneeId },
  ];
}

/** What the Temporal UI shows of a ticket, in plain words. No bodies, no names of people. */
export function detailsOf(entity: TicketEntity): string {
  const { state, nextDeadline } = entity;
  const next = nextDeadline === null ? 'nothing' : `${nextDeadline.kind} at ${new Date(nextDeadline.at).toISOString()}`;
  return [
    `**${state.status}**, ${state.priority}, assigned to ${state.assigneeId ?? 'nobody'}`,
    `AI: ${state.agentId === null ? 'no agent' : state.mode.kind}`,
    `Next by itself: ${next}`,
    `Not yet known to be written down: ${entity.outbox.all.length} changes`,
  ].join('\n\n');
}
