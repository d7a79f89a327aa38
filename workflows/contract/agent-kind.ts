/** external: reads and writes by API; built_in: a model with the team's instructions; webhook: Baton posts the turn. */
export const AGENT_KINDS = ['external', 'built_in', 'webhook'] as const;
export type AgentKind = (typeof AGENT_KINDS)[number];
