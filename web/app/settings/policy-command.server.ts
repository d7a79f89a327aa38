import type { Desk } from '#workflows/contract/desk.ts';
import { putPolicy } from '#workflows/contract/settings.ts';
import { refuse } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';
import { textOf, textsOf } from '../desk.server.ts';
import type { Command } from '../outcome.server.ts';
import { ASSIGNMENT_FIELDS } from './assignment-fields.ts';
import { escalationOf } from './escalation-choice.ts';
import { checkedFromPage } from './from-page.server.ts';
import { POLICY_FIELDS } from './policy-fields.ts';
import type { PolicyField } from './policy-fields.ts';
import { layerOf } from './policy-layer.ts';

/** The policy form as one set of overrides: what is not marked as its own is left out, and so inherited. */
export function putPolicyCommand({ desk, form }: Command): Promise<Result<unknown>> {
  const own = new Map<string, unknown>();
  for (const field of [...POLICY_FIELDS, ...ASSIGNMENT_FIELDS]) {
    if (textOf(form, `own.${field.key}`) === 'yes') own.set(field.key, valueOf(field, form));
  }
  if (textOf(form, 'own.handoverCases') === 'yes') own.set('handoverCases', casesIn(form));
  return put(desk, textOf(form, 'scope'), layerOf(own), Number(textOf(form, 'version')));
}

/**
 * An older version again, as a new one: through the same checks, because the team may have changed since. Version 0 is
 * what was before anybody set anything.
 */
export async function restorePolicyCommand({ desk, form }: Command): Promise<Result<unknown>> {
  const scope = textOf(form, 'scope');
  if (textOf(form, 'restore') === '0') return put(desk, scope, {}, Number(textOf(form, 'version')));
  const versions = await desk.policyVersions(scope);
  if (!versions.ok) return versions;
  const wanted = versions.value.find(({ version }) => version === Number(textOf(form, 'restore')));
  if (wanted === undefined) return refuse('not_found', 'There is no such version any more. Load the page again.');
  return put(desk, scope, wanted.overrides, Number(textOf(form, 'version')));
}

async function put(desk: Desk, scope: string, overrides: Record<string, unknown>, version: number): Promise<Result<unknown>> {
  const given = checkedFromPage(putPolicy, { overrides }, 'body');
  return given.ok ? desk.putPolicy(scope, given.value, version) : given;
}

function valueOf({ key, input }: PolicyField, form: FormData): unknown {
  const text = textOf(form, key);
  switch (input.kind) {
    case 'switch':
      return text === 'yes';
    case 'number':
      return text.trim() === '' ? (input.none === undefined ? Number.NaN : null) : Number(text);
    case 'several':
      return textsOf(form, key);
    case 'words':
      return wordsIn(text);
    case 'group':
    case 'schedule':
      return text === '' ? null : text;
    case 'escalateTo':
      return escalationOf(text);
    case 'ladder':
      return textsOf(form, 'ladder.day').map((day, at) => ({ day: Number(day), action: textsOf(form, 'ladder.action')[at] }));
    case 'choice':
    case 'text':
      return text;
  }
}

function casesIn(form: FormData): unknown[] {
  const column = (name: string) => textsOf(form, `case.${name}`);
  const [whens, actions, priorities, skills, groups] = [column('when'), column('action'), column('priority'), column('skills'), column('group')];
  return column('key').map((key, at) => ({
    key: key.trim(),
    when: whens[at],
    action: actions[at],
    priority: priorities[at],
    skills: wordsIn(skills[at] ?? ''),
    group: groups[at]?.trim() || null,
  }));
}

function wordsIn(text: string): string[] {
  return text.split(/[\s,;]+/).filter((word) => word !== '');
}
