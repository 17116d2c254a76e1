import * as z from 'zod';
import { approvedJson } from './approval.ts';
import { operation } from './fault.ts';
import { instantText, limitText } from './text.ts';

export const baselineJson = z
  .object({
    id: z.int(),
    site: z.string(),
    target: z.string().nullable().meta({ description: 'what it holds for; null means everything' }),
    at: instantText,
    by: z.string().nullable().meta({ description: 'who made it, as they said' }),
    note: z.string().nullable(),
  })
  .meta({
    description: 'A moment kept to compare with: how the network was then is how it should be.',
    examples: [{ id: 2, site: 'home', target: null, at: '2026-11-21T03:00:00.000Z', by: 'ada', note: 'after the move' }],
  });

export type BaselineJson = z.infer<typeof baselineJson>;

/** A baseline that was just made, and what was approved with it. */
export const madeBaselineJson = baselineJson.extend({ approved: approvedJson });

export type MadeBaselineJson = z.infer<typeof madeBaselineJson>;

const target = z.string().min(1).max(255);
const tags = ['diff'];

export const baselines = {
  make: operation
    .meta({ scope: 'edit', audited: true })
    .route({
      method: 'POST',
      path: '/baselines',
      summary: 'Keep this moment as the baseline',
      description: 'Of a target, or of everything; all that is there now is approved with it. The newest one counts; those before it stay.',
      tags,
    })
    .input(
      z.strictObject({
        target: target.optional().meta({ description: 'id or text of a target; left out: everything' }),
        note: z.string().min(1).max(1000).optional(),
        by: z.string().min(1).max(255).optional().meta({ description: 'who makes it' }),
      }),
    )
    .output(madeBaselineJson),
  list: operation
    .meta({ scope: 'read', audited: false })
    .route({ method: 'GET', path: '/baselines', summary: 'Baselines, newest first', tags })
    .input(z.strictObject({ target: target.optional(), limit: limitText(100) }).prefault({}))
    .output(z.array(baselineJson)),
};
