import type { Escalation } from '#store/ai-agents/answers.ts';
import { refuse } from '#workflows/domain/errors.ts';
import type { Refusal } from '#workflows/domain/errors.ts';
import type { Policy } from '#workflows/domain/policy.ts';

/** What the policy would say to an escalation (P57, P58) that is only tried: nothing of it is recorded. Null: it may be. */
export function judgeCase({ helpDesk, handoverCases }: Pick<Policy, 'helpDesk' | 'handoverCases'>, { case: chosen }: Pick<Escalation, 'case'>): Refusal | null {
  if (!helpDesk) return refuse('help_desk_off', 'The help desk is off for this agent: nothing is escalated.');
  if (chosen === null) return null;
  const found = handoverCases.find(({ key }) => key === chosen);
  if (found === undefined) return refuse('invalid', 'the agent has no such case');
  return found.action === 'never' ? refuse('case_not_escalated', `The case "${chosen}" never reaches a person: answer it yourself.`) : null;
}
