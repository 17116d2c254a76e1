import * as z from 'zod';
import { changeFamilyText } from './change.ts';
import { operation } from './fault.ts';
import { incidentJson } from './incident.ts';
import { segmentJson } from './map.ts';
import { whereaboutsText } from './person.ts';
import { runningScanJson } from './running.ts';
import { instantText, momentText } from './text.ts';

/** Open incidents that are told in full. */
export const MOST_OPEN = 20;

const count = z.int().min(0);

export const overviewJson = z
  .object({
    site: z.string(),
    seq: count,
    at: instantText.nullable().meta({ description: 'when the newest committed scan ended; null before the first' }),
    counts: z.object({ devices: count, present: count, away: count, unknown: count }),
    people: z.array(z.object({ name: z.string(), is: whereaboutsText })).meta({ description: 'by name; the first 200' }),
    incidents: z.object({
      open: count.meta({ description: '200 at most are counted' }),
      newest: z.array(incidentJson).meta({ description: `the newest ${MOST_OPEN}` }),
    }),
    drift: count
      .nullable()
      .meta({ description: 'what differs from what was approved, counted every ten seconds at most; null: nothing was approved yet' }),
    changes: z
      .object({ since: instantText, total: count, families: z.partialRecord(changeFamilyText, count) })
      .meta({ description: 'since the moment that was asked for' }),
    running: z.array(runningScanJson),
    unseen: z
      .array(segmentJson.pick({ id: true, target: true, block: true, unseen: true, lookedAt: true, stale: true }))
      .meta({ description: 'watched networks that cannot be seen, or were not looked at for too long' }),
    troubles: z.array(z.string()).meta({ description: 'what needs a person' }),
    limits: z.array(z.string()).meta({ description: 'what limits scans now' }),
  })
  .meta({ description: 'How things stand, in one answer.' });

export type OverviewJson = z.infer<typeof overviewJson>;

export const overview = {
  get: operation
    .meta({ scope: 'read', audited: false })
    .route({ method: 'GET', path: '/overview', summary: 'How things stand', tags: ['roll'] })
    .input(z.strictObject({ since: momentText.default('1d').meta({ description: 'since when changes are counted' }) }).prefault({}))
    .output(overviewJson),
};
