import type { z } from 'zod';
import { inWords } from '#workflows/contract/issue-words.ts';
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
