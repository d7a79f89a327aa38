import type { SlaAction, SlaPolicy } from './sla-policy.ts';

/** Whether a warning or a breach of this policy tells one person by name (P33). */
export function tellsPerson({ onWarning, onBreach }: SlaPolicy, id: string): boolean {
  return [...onWarning, ...onBreach].some((one) => one.action === 'notify' && one.to.includes(id));
}

/** The policy with somebody else told in one person's place: a person's id or a group's word. Nobody is told twice. */
export function tellingInstead(policy: SlaPolicy, id: string, instead: string): SlaPolicy {
  const renamed = (one: SlaAction): SlaAction => (one.action === 'notify' ? { ...one, to: [...new Set(one.to.map((name) => (name === id ? instead : name)))] } : one);
  return { ...policy, onWarning: policy.onWarning.map(renamed), onBreach: policy.onBreach.map(renamed) };
}

/** Whether a warning or a breach of this policy is sent to one webhook by name (P33). */
export function sendsTo({ onWarning, onBreach }: Pick<SlaPolicy, 'onWarning' | 'onBreach'>, webhookId: string): boolean {
  return [...onWarning, ...onBreach].some((one) => one.action === 'webhook' && one.webhookId === webhookId);
}
