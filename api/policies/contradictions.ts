import type { PolicyOverrides } from '#workflows/contract/settings.ts';
import type { FieldError } from '#workflows/domain/errors.ts';
import type { HandoverCase, Policy } from '#workflows/domain/policy.ts';

/** Settings that cannot both be meant, each at the field that is given here, with the reason. `effective` is what would be in force. */
export function contradictionsIn(overrides: PolicyOverrides, effective: Policy): FieldError[] {
  return [...(overrides.handoverCases ?? []).flatMap(inCase), ...inEscalation(overrides, effective)].map(
    ({ path, message }) => ({ path: `body.overrides.${path}`, message }),
  );
}

function inCase(one: HandoverCase, index: number): FieldError[] {
  if (one.action !== 'never') return [];
  const at = (field: string) => ({ path: `handoverCases.${index}.${field}`, message: `"${one.key}" never reaches a person: take this out, or let it escalate` });
  return [
    ...(one.priority === 'normal' ? [] : [at('priority')]),
    ...(one.skills.length === 0 ? [] : [at('skills')]),
    ...(one.group === null ? [] : [at('group')]),
  ];
}

// `flag` makes no ticket, so nothing could carry a case's group or skills to a person.
function inEscalation(overrides: PolicyOverrides, effective: Policy): FieldError[] {
  if (effective.onEscalate !== 'flag' || (overrides.onEscalate === undefined && overrides.handoverCases === undefined)) return [];
  const routed = effective.handoverCases.find((one) => one.action === 'escalate' && (one.group !== null || one.skills.length > 0));
  if (routed === undefined) return [];
  const path = overrides.onEscalate === undefined ? 'handoverCases' : 'onEscalate';
  return [{ path, message: `"flag" makes no ticket, so case "${routed.key}" could not reach its group or skills: choose continue or pause, or take them out` }];
}
