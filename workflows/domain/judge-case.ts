import { refuse, refuseField } from './errors.ts';
import type { Refusal } from './errors.ts';
import type { Policy } from './policy.ts';

/** Whether the policy lets an escalation with this case, or with none, through (P57, P58): `help_desk_off`, an unknown case, or `case_not_escalated`. Null: it does. */
export function judgeCase({ helpDesk, handoverCases }: Pick<Policy, 'helpDesk' | 'handoverCases'>, key: string | null): Refusal | null {
  if (!helpDesk) return refuse('help_desk_off', 'The help desk is off for this agent: nothing is escalated.');
  if (key === null) return null;
  const chosen = handoverCases.find((one) => one.key === key);
  if (chosen === undefined) {
    const known = handoverCases.map((one) => one.key).join(', ');
    return refuseField('body.case', known === '' ? 'this agent has no handover cases: leave it out' : `must be one of the agent's cases: ${known}`);
  }
  return chosen.action === 'escalate' ? null : refuse('case_not_escalated', `The case "${chosen.key}" (${chosen.when}) never reaches a person: answer it yourself.`);
}
