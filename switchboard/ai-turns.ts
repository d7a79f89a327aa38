import { WorkflowNotFoundError } from '@temporalio/client';
import { TURNS_AS_OF_NOW } from '#workflows/contract/turn-input.ts';
import { aiTurnWorkflowId } from '#workflows/contract/workflow-ids.ts';
import { BURST_GAP_MS } from '#workflows/domain/turn-wait.ts';
import type { SwitchboardDeps } from './tickets.ts';

/** A conversation whose turn somebody has to look at. */
export interface TurnNews {
  readonly teamId: string;
  readonly conversationId: string;
  /** The conversation's, as of what happened. */
  readonly epoch: number;
  /** Somebody wrote just now, and may go on: a turn begins a moment later. */
  readonly mayGrow?: boolean;
}

/** Has a conversation's turns taken, starting their workflow where none runs. */
export async function wakeTurns({ client, taskQueue }: Pick<SwitchboardDeps, 'client' | 'taskQueue'>, { teamId, conversationId, epoch, mayGrow = false }: TurnNews): Promise<void> {
  await client.workflow.signalWithStart('aiTurn', {
    workflowId: aiTurnWorkflowId(conversationId),
    taskQueue,
    args: [{ teamId, conversationId, ...TURNS_AS_OF_NOW }],
    signal: 'heard',
    signalArgs: [epoch],
    // It would look, and wait so long for more. A run that is there hears at once all the same, and a second signal (of another worker's, too) begins one that waits.
    ...(mayGrow && { startDelay: BURST_GAP_MS }),
    staticSummary: 'The turns of an agent in one conversation',
  });
}

/** The mode changed: a turn under way stops. Where none is there is nothing to stop. */
export async function stopTurns({ client }: Pick<SwitchboardDeps, 'client'>, { conversationId, epoch }: TurnNews): Promise<void> {
  try {
    await client.workflow.getHandle(aiTurnWorkflowId(conversationId)).signal('heard', epoch);
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
  }
}
