import { groupName, personName } from './policy-names.ts';
import type { PolicyNames } from './policy-names.ts';

/** Whom an escalation tells, as one value of a select: `admins`, `operator:ID`, `group:KEY`. */
export function escalationChoice(value: unknown): string {
  if (typeof value !== 'object' || value === null) return 'admins';
  if ('id' in value) return `operator:${String(value.id)}`;
  return 'key' in value ? `group:${String(value.key)}` : 'admins';
}

/** The same the other way. */
export function escalationOf(choice: string): { kind: string; id?: string; key?: string } {
  const [kind = '', name = ''] = choice.split(':');
  if (kind === 'operator') return { kind, id: name };
  return kind === 'group' ? { kind, key: name } : { kind };
}

export function escalationWords(choice: string, names: PolicyNames): string {
  const { id, key } = escalationOf(choice);
  if (id !== undefined) return personName(names, id);
  return key === undefined ? 'The admins' : groupName(names, key);
}
