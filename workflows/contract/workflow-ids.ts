/** The workflow id of a ticket: what an operator of Temporal searches for. */
export function ticketWorkflowId(ticketId: string): string {
  return `ticket:${ticketId}`;
}

export function deliverWorkflowId(messageId: string): string {
  return `deliver:${messageId}`;
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
