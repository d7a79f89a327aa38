import { z } from 'zod';
import { expect, it } from '@jest/globals';
import { parseInput } from '#api/parse-input.ts';

it.each<[string, z.ZodType, unknown, string]>([
  ['a field that is missing', z.string(), undefined, 'must be given'],
  ['a number that is none', z.number(), Number('abc'), 'must be a number'],
  ['a list where a text belongs', z.string(), ['a', 'b'], 'must be a text'],
  ['a number that is too small', z.number().min(0), -1, 'must be at least 0'],
  ['a number that must be positive', z.number().positive(), 0, 'must be more than 0'],
  ['a number that is too large', z.int().max(2_000_000_000), 99_999_999_999, 'must be at most 2000000000'],
  ['a text that is too long', z.string().max(3), 'long', 'must have at most 3 characters'],
  ['a list that is too long', z.array(z.string()).max(1), ['a', 'b'], 'must have at most 1 entries'],
  ['a choice that there is not', z.enum(['left', 'right']), 'up', 'must be one of left, right'],
  ['words of the schema’s own', z.number().int('must be a whole number'), 1.5, 'must be a whole number'],
])('says in words for people what is wrong: %s', (_what, schema, input, message) => {
  expect(parseInput(z.object({ field: schema }), { field: input })).toMatchObject({ ok: false, errors: [{ path: 'body.field', message }] });
});
