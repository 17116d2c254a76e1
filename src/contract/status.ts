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
    heard: z
      .object({
        ifaces: z.array(z.string()),
        heard: z.int().meta({ description: 'frames that arrived' }),
        told: z.int().meta({ description: 'sightings made of them' }),
        passed: z.int().meta({ description: 'frames that say nothing new, or too many at once' }),
        malformed: z.int(),
        dropped: z.int().meta({ description: 'lost before they were read' }),
      })
      .nullable()
      .meta({ description: 'what became of the frames on the wires listened to; null where nobody listens' }),
    troubles: z.array(z.string()).meta({ description: 'things that need a person' }),
    alerts: z
      .object({
        open: z.int().min(0).meta({ description: 'incidents that are going on' }),
        waiting: z.int().min(0).meta({ description: 'notifications to be sent, now or later' }),
        dead: z.int().min(0).meta({ description: 'notifications of the last day that were given up' }),
      })
      .optional(),
    judged: z.int().nullable().optional().meta({ description: 'number of the newest change of which it is decided who hears of it' }),
    limits: z.array(z.string()).optional().meta({ description: 'what limits scans now, and who is left alone since one harmed it' }),
  })
  .meta({ description: 'How the daemon is.' });

export type StatusJson = z.infer<typeof statusJson>;

export const status = {
  get: operation
    .meta({ scope: 'read', audited: false })
    .route({ method: 'GET', path: '/status', summary: 'How the daemon is', tags: ['daemon'] })
    .output(statusJson),
};
