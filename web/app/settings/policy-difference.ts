import { DEFAULT_POLICY } from '#workflows/domain/policy.ts';
import { ASSIGNMENT_FIELDS } from './assignment-fields.ts';
import { namedCases } from './case-words.ts';
import { POLICY_FIELDS } from './policy-fields.ts';
import { settingsOf } from './policy-layer.ts';
import type { PolicyNames } from './policy-names.ts';
import { settingWords } from './policy-words.ts';

type Layer = Readonly<Record<string, unknown>>;

/** One setting that differs between two versions, old and new in words. */
export interface PolicyChange {
  readonly title: string;
  readonly from: string;
  readonly to: string;
}

const FIELDS = new Map([...POLICY_FIELDS, ...ASSIGNMENT_FIELDS].map((field) => [String(field.key), field]));
const DEFAULTS = settingsOf({ ...DEFAULT_POLICY });

/** What differs between two versions of a scope, in the order of the page; what was not set is said to be inherited. */
export function policyDifference(before: Layer, after: Layer, { names, isTeam }: { names: PolicyNames; isTeam: boolean }): PolicyChange[] {
  const [old, young] = [settingsOf(before), settingsOf(after)];
  const changed = [...FIELDS.keys(), 'handoverCases'].filter((name) => canonical(old.get(name)) !== canonical(young.get(name)));
  return changed.flatMap((name): PolicyChange[] => {
    const field = FIELDS.get(name);
    if (field === undefined) return caseChanges(old.get(name), young.get(name), { names, isTeam });
    // What the team had in force then is not what it has now, so an agent's is only said to be inherited.
    const unset = isTeam ? `Default: ${settingWords(field, DEFAULTS.get(name), names)}` : 'Inherited';
    const words = (settings: ReadonlyMap<string, unknown>) => (settings.has(name) ? settingWords(field, settings.get(name), names) : unset);
    return [{ title: field.title, from: words(old), to: words(young) }];
  });
}

function caseChanges(before: unknown, after: unknown, { names, isTeam }: { names: PolicyNames; isTeam: boolean }): PolicyChange[] {
  const [old, young] = [namedCases(before, names), namedCases(after, names)];
  const wordsOf = (cases: typeof old, key: string) => cases.find((one) => one.key === key)?.words ?? 'None';
  const keys = [...new Set([...old, ...young].map(({ key }) => key))].filter((key) => wordsOf(old, key) !== wordsOf(young, key));
  const changes = keys.map((key) => ({ title: `Handover case ${key}`, from: wordsOf(old, key), to: wordsOf(young, key) }));
  if (before === undefined || after === undefined || changes.length === 0) {
    const whole = (value: unknown, cases: typeof old) => (value === undefined ? (isTeam ? 'Default: none' : 'Inherited') : cases.map(({ key }) => key).join(', ') || 'None');
    changes.unshift({ title: 'Handover cases', from: whole(before, old), to: whole(after, young) });
  }
  return changes;
}

// The database orders the keys of an object its own way, and each of its versions was asked for in another.
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner,
  );
}
