import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import { type Answer, type Carried, type CommandMessage, FACT_SIGNAL, type FactMessage } from './contract/ticket-messages.ts';
import type { CommandKind } from './domain/ticket-event.ts';

/** Somebody waits for the answer: one Update per kind of command, so that a history reads like the ticket's life. */
export function commandUpdate(kind: CommandKind) {
  return defineUpdate<Answer, [CommandMessage]>(kind);
}

/** A fact happened: never refused. */
export const factSignal = defineSignal<[FactMessage]>(FACT_SIGNAL);

/** What the ticket is and owes right now, for debugging and for `baton doctor --reconcile`; null while it loads. */
export const stateQuery = defineQuery<Carried | null>('state');
