import * as z from 'zod';
import { type ComparisonItem, DIFFERENCE_KINDS, type Json } from '../core/index.ts';
import { instantText } from './text.ts';

export const viewSourceText = z.enum(['file', 'scan', 'moment', 'baseline']);

const count = z.int().min(0);

/** What it holds depends on the kind, as in changes. */
const differing = z.record(z.string(), z.unknown() as z.ZodType<Json>).nullable();

const differenceJson = z.object({ kind: z.enum(DIFFERENCE_KINDS), before: differing, after: differing });

const unknownJson = z
  .object({ what: z.enum(['device', 'ports', 'services', 'scripts']), side: z.enum(['a', 'b']), text: z.string() })
  .meta({ description: 'What cannot be said, because one side did not ask.' });

const comparedDeviceJson = z.object({
  id: z.int().nullable().meta({ description: 'null when the store does not know it' }),
  name: z.string().nullable(),
  addresses: z.array(z.string()),
  macs: z.array(z.string()),
  vendor: z.string().nullable(),
});

const comparedSideJson = z.object({
  source: viewSourceText,
  title: z.string(),
  at: instantText.nullable(),
  partial: z.string().nullable().meta({ description: 'why it is not all there is; null when it is whole' }),
  warnings: z.array(z.string()),
  devices: count,
});

/** One item of a comparison. Its JSON is the comparison's own shape: nothing is converted on either end. */
export const comparisonItem: z.ZodType<ComparisonItem> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('sides'), a: comparedSideJson, b: comparedSideJson }),
  z.object({
    kind: z.literal('device'),
    device: comparedDeviceJson,
    pairedBy: z
      .enum(['device', 'mac', 'address', 'name'])
      .nullable()
      .meta({ description: 'by what it is one device on both sides; null when only one side has it' }),
    differences: z.array(differenceJson),
    unknown: z.array(unknownJson),
  }),
  z.object({
    kind: z.literal('sum'),
    same: count,
    different: count.meta({ description: 'the comparison is "different" when this is not 0' }),
    unknown: count.meta({ description: 'devices of which only unknown parts are told' }),
    kinds: z.partialRecord(z.enum(DIFFERENCE_KINDS), count),
    ignored: count.meta({ description: 'differences that the ignore rules left out' }),
  }),
]);
