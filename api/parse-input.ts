import type { z } from 'zod';
import { ok, refuseFields } from '#workflows/domain/errors.ts';
import type { FieldError, Result } from '#workflows/domain/errors.ts';

/** Parses what came from outside; a refusal names every wrong field below `root`, unknown ones included. */
export function parseInput<T extends z.ZodType>(schema: T, input: unknown, root = 'body'): Result<z.infer<T>> {
  const parsed = schema.safeParse(input, { error: inWords });
  if (parsed.success) return ok(parsed.data);
  return refuseFields(parsed.error.issues.flatMap((issue) => fieldErrors(issue, root)));
}

function fieldErrors(issue: z.core.$ZodIssue, root: string): FieldError[] {
  const path = [root, ...issue.path.map(String)];
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: [...path, key].join('.'), message: 'unknown field' }));
  }
  return [{ path: path.join('.'), message: issue.message }];
}

const KINDS: Readonly<Record<string, string>> = { string: 'a text', number: 'a number', int: 'a whole number', boolean: 'true or false', array: 'a list', object: 'an object', null: 'null' };

/** What is wrong, for people to read, where its schema has no words of its own: forms show it at the field. */
function inWords(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'must be given' : `must be ${KINDS[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return `must be ${issue.values.length > 1 ? 'one of ' : ''}${issue.values.join(', ')}`;
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
