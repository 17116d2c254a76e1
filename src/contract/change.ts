import * as z from 'zod';
import { CHANGE_FAMILIES, CHANGE_KINDS } from '../core/index.ts';
import { operation } from './fault.ts';
import { filterText, instantText, limitText, momentText, referenceText } from './text.ts';

export const changeKindText = z.enum(CHANGE_KINDS);

const side = z.record(z.string(), z.unknown()).nullable();

export const changeJson = z
  .object({
    seq: z.int().meta({ description: 'number of the change: rising, without gaps' }),
    at: instantText,
    kind: changeKindText,
    device: z
      .object({ id: z.int(), name: z.string().nullable() })
      .nullable()
      .meta({ description: 'the device and what it is called now; null for changes of a vantage' }),
    before: side,
    after: side,
    scan: z.int().meta({ description: 'the scan that found it' }),
  })
  .meta({
    description: 'Something that is different from before.',
    examples: [
      {
        seq: 12,
        at: '2026-11-21T03:00:00.000Z',
        kind: 'port.opened',
        device: { id: 7, name: 'printer' },
        before: null,
        after: { protocol: 'tcp', port: 22, state: 'open' },
        scan: 31,
      },
    ],
  });

export type ChangeJson = z.infer<typeof changeJson>;

export const changeFamilyText = z.enum(CHANGE_FAMILIES).meta({
  description:
    'what changes are about: newcomers, who came, who left, ports, what serves there, which device it is, the network itself, what people said',
});

const count = z.int().min(0);

export const histogramJson = z
  .object({
    since: instantText,
    until: instantText,
    slots: z.int().min(1),
    seconds: z.number().meta({ description: 'length of a slot' }),
    total: count,
    families: z
      .partialRecord(changeFamilyText, z.array(count))
      .meta({ description: 'how many in each slot; families without any are left out' }),
    kinds: z
      .partialRecord(changeKindText, count)
      .meta({ description: 'how many of each kind in all slots; kinds without any are left out' }),
  })
  .meta({
    description: 'How many changes there were when.',
    examples: [
      {
        since: '2026-11-20T00:00:00.000Z',
        until: '2026-11-21T00:00:00.000Z',
        slots: 4,
        seconds: 21600,
        total: 3,
        families: { left: [0, 1, 0, 0], came: [0, 0, 1, 1] },
        kinds: { 'device.left': 1, 'device.returned': 2 },
      },
    ],
  });

export type HistogramJson = z.infer<typeof histogramJson>;

const kinds = z
  .union([z.array(changeKindText), changeKindText])
  .optional()
  .meta({ description: 'only these kinds; repeat it for several' });
const families = z
  .union([z.array(changeFamilyText), changeFamilyText])
  .optional()
  .meta({ description: 'also all kinds of these families; repeat it for several' });
const filter = filterText.optional().meta({ description: 'only of devices that fit now' });

export const changes = {
  list: operation
    .meta({ scope: 'read', audited: false })
    .route({
      method: 'GET',
      path: '/changes',
      summary: 'What changed',
      description:
        'Always in order of seq. With since or afterSeq: the first ones from there (read on with afterSeq of the last one). Without: the newest ' +
        'ones (read on towards the past with beforeSeq of the first one).',
      tags: ['changes'],
    })
    .input(
      z
        .strictObject({
          since: momentText.optional(),
          until: momentText.optional(),
          afterSeq: z.coerce.number<number>().int().min(0).optional().meta({ description: 'only changes numbered above this' }),
          beforeSeq: z.coerce.number<number>().int().min(1).optional().meta({ description: 'only changes numbered below this' }),
          device: referenceText.optional().meta({ description: 'id, alias, name, MAC or address' }),
          filter,
          kind: kinds,
          family: families,
          limit: limitText(1000),
        })
        .prefault({}),
    )
    .output(z.array(changeJson)),
  histogram: operation
    .meta({ scope: 'read', audited: false })
    .route({
      method: 'GET',
      path: '/changes/histogram',
      summary: 'How many changes there were when',
      description: 'Counted over all that are remembered, in slots of one length.',
      tags: ['changes'],
    })
    .input(
      z
        .strictObject({
          since: momentText.default('7d'),
          until: momentText.optional().meta({ description: 'left out: now' }),
          slots: z.coerce.number<number>().int().min(1).max(2000).default(96),
          device: referenceText.optional().meta({ description: 'id, alias, name, MAC or address' }),
          filter,
          kind: kinds,
          family: families,
        })
        .prefault({}),
    )
    .output(histogramJson),
};
