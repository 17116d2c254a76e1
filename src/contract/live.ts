import { eventIterator } from '@orpc/contract';
import * as z from 'zod';
import { changeJson } from './change.ts';
import { deviceJson } from './device.ts';
import { operation } from './fault.ts';
import { incidentJson } from './incident.ts';
import { SLIM_ITEMS } from './live-slim.ts';
import { notificationJson } from './notification.ts';
import { hostJson, progressShape } from './result.ts';
import { rollJson } from './roll.ts';
import { scanJson } from './scan-json.ts';

export const commitItem = z
  .object({
    kind: z.literal('commit'),
    seq: z.int().meta({ description: 'number of the newest change after it; also the id of the event' }),
    scan: scanJson,
    changes: z.array(changeJson),
    devices: z.array(deviceJson).meta({ description: 'devices it touched, as they are now' }),
  })
  .meta({ description: 'One finished scan: durable, numbered, never left out.' });

export type CommitItem = z.infer<typeof commitItem>;

export const liveItem = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('version'), version: z.string(), seq: z.int() }),
  z.object({ kind: z.literal('snapshot'), roll: rollJson }),
  commitItem,
  ...SLIM_ITEMS,
  z.object({ kind: z.literal('scan.started'), scan: scanJson }),
  z.object({ kind: z.literal('scan.progress'), ...progressShape }),
  z.object({ kind: z.literal('scan.host'), scan: z.int(), host: hostJson }),
  z.object({ kind: z.literal('target.changed'), target: z.int() }),
  z.object({ kind: z.literal('incident.changed'), incident: incidentJson }),
  z.object({ kind: z.literal('notification.changed'), notification: notificationJson }),
]);

export type LiveItem = z.infer<typeof liveItem>;

export const live = operation
  .meta({ scope: 'read', audited: false })
  .route({
    method: 'GET',
    path: '/live',
    summary: 'Everything, as it happens',
    description:
      'Server-sent events: a version, then a snapshot of the roll, then one commit per finished scan (event id = seq) and news between them (no id; may be missed). ' +
      'Connect again with Last-Event-ID to get the missed commits instead of a snapshot. Anything that cannot be made good that way starts with a snapshot again. ' +
      'With slim=true for whoever shows rows: snapshot.slim and commit.slim in place of snapshot and commit, and standing for whatever presence does without a change.',
    tags: ['live'],
  })
  .input(z.strictObject({ slim: z.stringbool().or(z.boolean()).default(false).meta({ description: 'devices as rows' }) }).prefault({}))
  .output(eventIterator(liveItem));
