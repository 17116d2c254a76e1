import * as z from 'zod';
import { operation } from './fault.ts';
import { instantText } from './text.ts';

export const statusJson = z
  .object({
    version: z.string(),
    site: z.string(),
    pid: z.int(),
    startedAt: instantText,
    privileged: z.boolean().meta({ description: 'raw packets, or only connections' }),
    store: z.string(),
    devices: z.int(),
    targets: z.int(),
    running: z.array(z.int()).meta({ description: 'ids of scans under way' }),
    seq: z.int(),
    troubles: z.array(z.string()).meta({ description: 'things that need a person' }),
  })
  .meta({ description: 'How the daemon is.' });

export type StatusJson = z.infer<typeof statusJson>;

export const status = {
  get: operation.route({ method: 'GET', path: '/status', summary: 'How the daemon is', tags: ['daemon'] }).output(statusJson),
};
