import { escalationChoice, escalationWords } from './escalation-choice.ts';
import { groupName, scheduleName } from './policy-names.ts';
import type { PolicyNames } from './policy-names.ts';
import type { PolicyField } from './policy-fields.ts';

/** What a setting is, in the words of its page. */
export function settingWords({ input }: PolicyField, value: unknown, names: PolicyNames): string {
  switch (input.kind) {
    case 'switch':
      return value === true ? 'On' : 'Off';
    case 'choice':
      return input.options.find(([option]) => option === value)?.[1] ?? plain(value);
    case 'several':
      return input.options.flatMap(([option, label]) => (listOf(value).includes(option) ? [label] : [])).join(', ') || 'None';
    case 'number':
      return value === null ? capitalised(input.none ?? 'None') : `${plain(value)} ${input.unit}`;
    case 'text':
      return value === '' ? 'None' : `“${plain(value)}”`;
    case 'words':
      return listOf(value).join(', ') || 'None';
    case 'group':
      return typeof value === 'string' ? groupName(names, value) : input.none;
    case 'schedule':
      return typeof value === 'string' ? scheduleName(names, value) : input.none;
    case 'escalateTo':
      return escalationWords(escalationChoice(value), names);
    case 'ladder':
      return stepsOf(value).map(({ day, action }) => `day ${day}: ${action}`).join(', ') || 'No steps';
  }
}

/** The steps of a ladder as they are stored; what cannot be read is none. */
export function stepsOf(value: unknown): { day: number; action: string }[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((step: unknown) => {
    if (typeof step !== 'object' || step === null || !('day' in step) || !('action' in step)) return [];
    return [{ day: Number(step.day), action: String(step.action) }];
  });
}

export function listOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function plain(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : 'Unknown';
}

function capitalised(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
