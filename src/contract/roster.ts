import * as z from 'zod';
import { ROSTER_FORMATS } from '../core/index.ts';
import { operation } from './fault.ts';
import { formOnly } from './ingest.ts';
import { filterText } from './text.ts';

/** Largest table of devices taken in, in bytes: twenty thousand devices with what people write. */
export const LARGEST_ROSTER = 4 * 1024 * 1024;

/** Forms and query strings carry it as text. */
const flag = z.union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')]);

const labelStep = z.object({
  label: z.string().meta({ examples: ['owner'] }),
  before: z.unknown(),
  after: z.unknown(),
});

const rowJson = z.object({
  line: z.int().meta({ description: 'line of CSV in which the row begins, from 1; in JSON the number of the entry' }),
  device: z.object({ id: z.int(), name: z.string().nullable() }).nullable().meta({ description: 'whom it means; null: nobody knows' }),
  changes: z.array(labelStep).meta({ description: 'what it says anew' }),
  fault: z
    .object({ column: z.string().nullable(), reason: z.string(), remedy: z.string() })
    .nullable()
    .meta({ description: 'why it cannot be taken in; column null: the row as a whole is to blame' }),
});

export const rosterImportJson = z
  .object({
    dryRun: z.boolean().meta({ description: 'nothing was changed: this is what would happen' }),
    rows: z.int(),
    devices: z.int().meta({ description: 'devices of which something new is said' }),
    same: z.int().meta({ description: 'rows that say what is said already' }),
    refused: z.int().meta({ description: 'rows that cannot be taken in; while there are any, none is' }),
    shown: z.array(rowJson).meta({ description: 'the first 1,000 rows that would change something, or cannot; those that cannot first' }),
  })
  .meta({ description: 'What a table of devices came to, or would.' });

export type RosterImportJson = z.infer<typeof rosterImportJson>;

const tags = ['devices'];

export const roster = {
  export: operation
    .meta({ scope: 'read', audited: false })
    .route({
      method: 'GET',
      path: '/export/devices',
      summary: 'A table of devices as a file',
      description:
        'csv is RFC 4180, in UTF-8, with an apostrophe before whatever a spreadsheet would take for a formula; json is a list of objects. ' +
        'Taken in again it changes nothing.',
      tags,
    })
    .input(
      z
        .strictObject({
          as: z.enum(ROSTER_FORMATS).default('csv'),
          filter: filterText.optional(),
          columns: z
            .string()
            .max(1000)
            .optional()
            .meta({ description: 'their names, by comma; left out: all', examples: ['id,macs,name,owner'] }),
          bom: flag
            .default(false)
            .meta({ description: 'begin with a byte order mark, without which Excel takes UTF-8 for something else' }),
          separator: z.enum(['comma', 'semicolon', 'tab']).default('comma'),
        })
        .prefault({}),
    )
    .output(z.file()),
  import: operation
    .meta({ scope: 'edit', audited: true })
    .route({
      method: 'POST',
      path: '/import/devices',
      summary: 'Say what devices are, by a table',
      description:
        'CSV or JSON, as the export writes it: a row for each device, found by its id, hardware addresses or address. Of all rows or, when ' +
        'one cannot be, of none. Columns that are found on the network (presence, vendor, ...) are passed over.',
      tags,
      spec: formOnly,
    })
    .input(
      z.strictObject({
        file: z.file().max(LARGEST_ROSTER, 'it is larger than 4 MB').meta({ description: 'the table, at most 4 MB' }),
        dryRun: flag.default(false).meta({ description: 'say what would happen, and change nothing' }),
        blanks: z
          .enum(['keep', 'clear'])
          .default('keep')
          .meta({ description: 'what an empty cell says: nothing, or that what was said is taken away' }),
      }),
    )
    .output(rosterImportJson),
};
