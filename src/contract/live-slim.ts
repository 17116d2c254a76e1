import * as z from 'zod';
import { changeJson } from './change.ts';
import { presenceText } from './device.ts';
import { rowJson, rowsJson } from './row.ts';
import { runningScanJson } from './running.ts';
import { scanJson } from './scan-json.ts';
import { instantText } from './text.ts';

export const slimCommitItem = z
  .object({
    kind: z.literal('commit.slim'),
    seq: z.int().meta({ description: 'number of the newest change after it; also the id of the event' }),
    scan: scanJson,
    changes: z.array(changeJson),
    rows: z.array(rowJson).meta({ description: 'devices it touched, as they are now' }),
    gone: z.array(z.int()).meta({ description: 'devices that are no more: forgotten, or part of another' }),
  })
  .meta({ description: 'In place of commit: one finished scan, durable, numbered, never left out.' });

export type SlimCommitItem = z.infer<typeof slimCommitItem>;

const snapshotItem = rowsJson.extend({ kind: z.literal('snapshot.slim') });

const standingItem = z
  .object({
    kind: z.literal('standing'),
    groups: z.array(z.object({ presence: presenceText, lastSeen: instantText, devices: z.array(z.int()) })),
    running: z.array(runningScanJson).optional().meta({ description: 'scans under way, for whoever has just come; else left out' }),
  })
  .meta({
    description:
      'Whose presence or last sighting is otherwise than the reader was told, without a change: nobody looked for too long, or they were merely seen again.',
  });

/** What a reader gets that shows rows, beside the news. */
export const SLIM_ITEMS = [snapshotItem, slimCommitItem, standingItem] as const;

export type SlimItem = z.infer<(typeof SLIM_ITEMS)[number]>;
