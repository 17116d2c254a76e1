import * as z from 'zod';
import { scopeText } from './access-words.ts';
import { operation } from './fault.ts';
import { instantText, numberText } from './text.ts';

export const tokenJson = z
  .object({
    id: z.int(),
    name: z.string(),
    user: z.string().nullable().meta({ description: 'whose it is; null: of the owner of this machine' }),
    hint: z.string().meta({ description: 'its first characters' }),
    scopes: z.array(scopeText).meta({ description: 'what it may; never more than its user may at that moment' }),
    madeAt: instantText,
    until: instantText.nullable(),
    usedAt: instantText.nullable().meta({ description: 'when it was used last, to a minute' }),
    endedAt: instantText.nullable().meta({ description: 'when it was revoked' }),
  })
  .meta({ description: 'What a program shows in place of a user.' });

export type TokenJson = z.infer<typeof tokenJson>;

export const newTokenJson = tokenJson
  .extend({ secret: z.string().meta({ description: 'what the program shows as a bearer token; told here only' }) })
  .meta({ description: 'A token that was just made.' });

export type NewTokenJson = z.infer<typeof newTokenJson>;

/** A moment to come. */
const ahead = z
  .string()
  .min(1, 'it is empty')
  .max(64)
  .meta({ description: 'ISO 8601, or a length from now on; left out: until it is revoked', examples: ['90d', '2027-01-01T00:00:00Z'] });

const tags = ['users'];

export const tokens = {
  list: operation
    .meta({ scope: 'read', audited: false })
    .route({ method: 'GET', path: '/tokens', summary: "The caller's tokens", description: 'An admin sees those of all.', tags })
    .input(z.strictObject({ over: z.enum(['yes', 'no']).default('no').meta({ description: 'also those that are over' }) }).prefault({}))
    .output(z.array(tokenJson)),
  add: operation
    .meta({ scope: 'read', audited: true })
    .route({
      method: 'POST',
      path: '/tokens',
      summary: 'Make a token',
      description: 'With scopes the caller has. Its secret is told in the answer, and nowhere else.',
      tags,
    })
    .input(
      z.strictObject({
        name: z.string().min(1, 'it is empty').max(64),
        scopes: z.array(scopeText).min(1).max(16),
        until: ahead.optional(),
      }),
    )
    .output(newTokenJson),
  revoke: operation
    .meta({ scope: 'read', audited: true })
    .route({ method: 'DELETE', path: '/tokens/{id}', summary: 'Revoke a token', description: "The caller's own; an admin's is any.", tags })
    .input(z.strictObject({ id: numberText }))
    .output(tokenJson),
};
