import type { z } from 'zod';

const KINDS: Readonly<Record<string, string>> = { string: 'a text', number: 'a number', int: 'a whole number', boolean: 'true or false', array: 'a list', object: 'an object', null: 'null' };

/** What is wrong, for people to read, where its schema has no words of its own: the `error` of a parse. Forms show it at the field, timelines behind it. */
export function inWords(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'must be given' : `must be ${KINDS[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return `must be ${issue.values.length > 1 ? 'one of ' : ''}${issue.values.join(', ')}`;
    case 'unrecognized_keys':
      return `has no field ${issue.keys.join(', ')}`;
    case 'too_small':
      return `must ${amount(issue.origin, issue.minimum, issue.inclusive === false ? 'more than' : 'at least')}`;
    case 'too_big':
      return `must ${amount(issue.origin, issue.maximum, issue.inclusive === false ? 'less than' : 'at most')}`;
    default:
      return undefined;
  }
}

function amount(origin: string, count: number | bigint, than: string): string {
  if (origin === 'string') return `have ${than} ${count} characters`;
  return origin === 'array' ? `have ${than} ${count} entries` : `be ${than} ${count}`;
}

/** Every problem of a parse behind its field, in one line; `root` names what was parsed. */
export function problemsIn({ issues }: z.ZodError, root: string): string {
  return issues.map(({ path, message }) => `${path.join('.') || root}: ${message}`).join('; ');
}
