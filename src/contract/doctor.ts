import * as z from 'zod';
import { operation } from './fault.ts';

export const findingJson = z
  .object({
    level: z.enum(['fine', 'limited', 'broken']),
    topic: z.string(),
    text: z.string(),
    remedy: z.string().nullable(),
  })
  .meta({ description: 'One line of the self-test.' });

export type FindingJson = z.infer<typeof findingJson>;

export const doctor = {
  get: operation
    .meta({ scope: 'read', audited: false })
    .route({ method: 'GET', path: '/doctor', summary: 'Self-test: what is missing, and the fix', tags: ['daemon'] })
    .output(z.array(findingJson)),
};
