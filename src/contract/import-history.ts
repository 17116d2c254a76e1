import * as z from 'zod';
import { HISTORY_FORMATS } from '../core/index.ts';
import { operation } from './fault.ts';
import { formOnly, LARGEST_REPORT } from './ingest.ts';
import { instantText } from './text.ts';

/** Files taken in at once: a nightly scan of 25 years, twice. */
export const MOST_HISTORY_FILES = 20_000;

const flag = z.union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')]);

/** Rows that could not be used, and why: the first of them. */
const refusedJson = z.object({
  count: z.int(),
  first: z.array(z.object({ file: z.string(), line: z.int().nullable(), reason: z.string() })),
});

const sourceJson = z.object({
  name: z.string(),
  format: z.enum(HISTORY_FORMATS).nullable().meta({ description: 'null: nothing could be made of it' }),
  guessed: z.boolean().meta({ description: 'the format was told by the content' }),
  digest: z.string().meta({ description: 'SHA-256 of the content' }),
  before: z.boolean().meta({ description: 'a file of the same content was taken in before' }),
  rows: z.int().meta({ description: 'rows, or hosts of a scan, that were used' }),
  refused: z.int(),
  firstAt: instantText.nullable(),
  lastAt: instantText.nullable(),
  notes: z.array(z.string()),
});

export const importJson = z
  .object({
    dryRun: z.boolean().meta({ description: 'nothing was written: this is what would happen' }),
    at: instantText,
    devices: z.object({ new: z.int(), known: z.int() }),
    sessions: z.int().meta({ description: 'stretches of presence that nobody knew of' }),
    spans: z.int(),
    labels: z.int(),
    firstAt: instantText.nullable(),
    lastAt: instantText.nullable(),
    files: z.array(sourceJson),
    refused: refusedJson,
    seq: z.int().nullable().meta({ description: 'number of the change that tells of it; null when nothing was new' }),
  })
  .meta({ description: 'What an import did, or would do.' });

export type ImportJson = z.infer<typeof importJson>;

export const importHistory = operation
  .meta({ scope: 'admin', audited: true })
  .route({
    method: 'POST',
    path: '/import',
    summary: 'Take in what other programs remember',
    description:
      'nmap XML, the dump or CSV of the presence monitor network-monitor, arp.dat of arpwatch, CSV of NetAlertX or Pi.Alert, the database of WatchYourLAN; ' +
      'as multipart/form-data. It becomes the past of the devices, before what is known of them, and nobody is told that they came or left.',
    tags: ['scans'],
    spec: formOnly,
  })
  .input(
    z.strictObject({
      files: z
        .union([z.array(z.file().max(LARGEST_REPORT)).min(1).max(MOST_HISTORY_FILES), z.file().max(LARGEST_REPORT)])
        .meta({ description: 'the files, at most 256 MB together' }),
      from: z.enum(HISTORY_FORMATS).optional().meta({ description: 'their format; else each is told by its content' }),
      covers: z
        .union([z.array(z.string().max(255)).max(256), z.string().max(255)])
        .default([])
        .meta({ description: 'targets that scans cover, when they do not say so themselves', examples: [['192.168.1.0/24']] }),
      zone: z
        .string()
        .min(1)
        .max(64)
        .default('UTC')
        .meta({ description: 'time zone of times that do not say theirs', examples: ['Europe/Berlin'] }),
      dryRun: flag.default(false).meta({ description: 'say what would happen, and write nothing' }),
    }),
  )
  .output(importJson);
