import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ORPCError, ValidationError } from '@orpc/contract';
import * as z from 'zod';
import { refusalOf } from './refusal.ts';

const refused = (schema: z.ZodType, data: unknown): { message: string; remedy: string | null } => {
  const { error } = schema.safeParse(data);
  assert.ok(error);
  const cause = new ValidationError({ message: 'input', issues: error.issues, data });
  const told = refusalOf(new ORPCError('BAD_REQUEST', { cause }));
  assert.ok(told instanceof ORPCError);
  return { message: told.message, remedy: (told.data as { remedy: string | null }).remedy };
};

test('a refused input says the value, and what to do to those who type', () => {
  const schema = z.strictObject({
    name: z.string().min(1, 'it is empty').max(3).optional(),
    limit: z.int().min(5).max(9).optional(),
    names: z.array(z.string()).min(1).max(2).optional(),
    how: z.enum(['a', 'b']).optional(),
  });
  const cases: [object, RegExp, string | RegExp][] = [
    [{ name: '' }, /^reading name "": it is empty$/, 'do not leave it empty'],
    [{ name: 'abcd' }, /^reading name "abcd": too big/, 'give 3 characters at most'],
    [{ limit: 4 }, /^reading limit 4: too small/, 'give 5 at least'],
    [{ limit: 10 }, /^reading limit 10: too big/, 'give 9 at most'],
    [{ names: [] }, /^reading names: too small/, 'do not leave it empty'],
    [{ names: ['a', 'b', 'c'] }, /^reading names of 3: too big/, 'give 2 of them at most'],
    [{ how: 'c' }, /^reading how "c": invalid option/, 'write a, b'],
    [{ other: 1 }, /^reading the request: unrecognized key/, /^look at "--help" of the command; \/api\/v1\/openapi\.json has/],
  ];
  for (const [data, message, remedy] of cases) {
    const told = refused(schema, data);
    assert.match(told.message, message);
    if (typeof remedy === 'string') assert.equal(told.remedy, remedy);
    else assert.match(told.remedy ?? '', remedy);
  }
});
