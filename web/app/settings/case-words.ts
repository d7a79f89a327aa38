import { groupName } from './policy-names.ts';
import type { PolicyNames } from './policy-names.ts';

export interface NamedCase {
  readonly key: string;
  readonly words: string;
}

/** Stored handover cases in words, in their order; what cannot be read is left out. */
export function namedCases(value: unknown, names: PolicyNames): NamedCase[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((one: unknown) => {
    if (typeof one !== 'object' || one === null) return [];
    const fields = new Map<string, unknown>(Object.entries(one));
    const [skills, group] = [fields.get('skills'), fields.get('group')];
    const what = [
      fields.get('action') === 'never' ? 'never escalate' : `escalate as ${String(fields.get('priority'))}`,
      ...(Array.isArray(skills) && skills.length > 0 ? [`skills ${skills.join(', ')}`] : []),
      ...(typeof group === 'string' ? [`to ${groupName(names, group)}`] : []),
    ];
    return [{ key: String(fields.get('key')), words: `“${String(fields.get('when'))}”: ${what.join(', ')}` }];
  });
}
