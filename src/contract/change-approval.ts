import * as z from 'zod';
import { operation } from './fault.ts';
import { momentText } from './text.ts';

export const changeApprovalJson = z
  .object({
    dryRun: z.boolean(),
    items: z.array(
      z.object({
        seq: z.int(),
        covers: z.enum(['device', 'service']).nullable().meta({ description: 'what was approved; null: nothing' }),
        device: z.object({ id: z.int(), name: z.string().nullable() }).nullable(),
        place: z
          .string()
          .nullable()
          .meta({ examples: ['22/tcp'] }),
        reason: z.string().nullable().meta({ description: 'why nothing of it can be approved' }),
      }),
    ),
    made: z.int().meta({ description: 'rows that are new' }),
    replaced: z.int().meta({ description: 'rows whose place they took' }),
    already: z.int().meta({ description: 'rows that were there already' }),
  })
  .meta({ description: 'What approving changes came to, or would.' });

export type ChangeApprovalJson = z.infer<typeof changeApprovalJson>;

export const changeApprovals = {
  approve: operation
    .meta({ scope: 'edit', audited: true })
    .route({
      method: 'POST',
      path: '/changes/approve',
      summary: 'Approve what changed',
      description:
        'A device that appeared or came back may be here from now on; a port that opened, or a service that is another, may be so. All of ' +
        'them or, when of one nothing can be approved or it changed again since, none.',
      tags: ['changes'],
    })
    .input(
      z.strictObject({
        seqs: z.array(z.int().min(1)).min(1).max(1000),
        version: z
          .enum(['exact', 'any', 'port'])
          .default('exact')
          .meta({ description: 'how closely services are approved: this version, any of the product, or whatever serves there' }),
        why: z.string().max(4096).optional(),
        by: z.string().max(1024).optional(),
        until: momentText.optional().meta({ description: 'a moment to come, or a length from now on' }),
        dryRun: z.boolean().default(false).meta({ description: 'say for each what would be approved, or why it cannot be' }),
      }),
    )
    .output(changeApprovalJson),
};
