import * as z from 'zod';
import { ASKED, PROOFS } from '../core/index.ts';
import { operation } from './fault.ts';
import { instantText, limitText, momentText, numberText } from './text.ts';

export const auditJson = z
  .object({
    id: z.int(),
    at: instantText,
    who: z.string().nullable().meta({ description: 'name of the user, or of the token ("anna/backup"); null: nobody who is known' }),
    proof: z.enum(PROOFS).meta({ description: 'how the caller proved itself' }),
    from: z.string().nullable().meta({ description: 'address of the caller; null: this machine' }),
    operation: z.string().meta({ examples: ['users.add'] }),
    named: z.string().meta({ description: 'what it named' }),
    outcome: z.enum(ASKED),
  })
  .meta({ description: 'Something somebody changed, or was refused.' });

export type AuditJson = z.infer<typeof auditJson>;

export const audit = {
  list: operation
    .meta({ scope: 'admin', audited: false })
    .route({ method: 'GET', path: '/audit', summary: 'Who did what', description: 'Newest first. Kept for a year.', tags: ['users'] })
    .input(
      z
        .strictObject({
          user: z
            .string()
            .min(1)
            .max(160)
            .optional()
            .meta({ description: 'a user with all tokens of theirs, or one token', examples: ['anna', 'anna/backup'] }),
          operation: z
            .string()
            .min(1)
            .max(64)
            .optional()
            .meta({ description: 'an operation, or all of a kind', examples: ['users.add', 'users'] }),
          since: momentText.optional(),
          before: numberText.optional().meta({ description: 'only entries numbered below, for the next page' }),
          limit: limitText(100, 1000),
        })
        .prefault({}),
    )
    .output(z.array(auditJson)),
};
