/** The workflow id of a ticket: what an operator of Temporal searches for. */
export function ticketWorkflowId(ticketId: string): string {
  return `ticket:${ticketId}`;
}

export function deliverWorkflowId(messageId: string): string {
  return `deliver:${messageId}`;
}

/** One reply in a web chat, until its widget or a mail has brought it. */
export function continueWorkflowId(messageId: string): string {
  return `continue:${messageId}`;
}

export function intakeWorkflowId(hash: string): string {
  return `intake:${hash}`;
}

export function sweeperWorkflowId(teamId: string): string {
  return `sweeper:${teamId}`;
}

export function routerWorkflowId(teamId: string): string {
  return `router:${teamId}`;
}

/** One edit of what open tickets follow, while they are told. */
export function followEditWorkflowId({ teamId, scope, version }: { teamId: string; scope: string; version: number }): string {
  return `follow-edit:${teamId}:${scope}:${version}`;
}

/** One endpoint's deliveries about one ticket, or one conversation that has none. */
export function webhookDrainWorkflowId({ endpointId, streamId }: { endpointId: string; streamId: string }): string {
  return `webhooks:${endpointId}:${streamId}`;
}

/** Receivers may be slow: what waits for them has a queue of its own, so that no ticket waits behind it. */
export function webhookTaskQueue(taskQueue: string): string {
  return `${taskQueue}-webhooks`;
}

/** The turns of one conversation whose agent Baton runs. */
export function aiTurnWorkflowId(conversationId: string): string {
  return `ai-turn:${conversationId}`;
}

/** One text in one language by one model, as of when it was last asked for: a run that is about to end with a failure takes no new wish. */
export function translateWorkflowId({ translationId, askedAt }: { translationId: string; askedAt: number }): string {
  return `translate:${translationId}:${askedAt}`;
}

/** One request of a composer. */
export function composeWorkflowId(composeId: string): string {
  return `compose:${composeId}`;
}

/** Models and agents' servers may be slow, too. */
export function agentTaskQueue(taskQueue: string): string {
  return `${taskQueue}-agents`;
}
