import * as z from 'zod';
import { CHANGE_KINDS } from '../core/index.ts';
import { operation } from './fault.ts';
import { instantText, limitText, momentText, referenceText } from './text.ts';

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

export const changes = {
  list: operation
    .route({
      method: 'GET',
      path: '/changes',
      summary: 'What changed',
      description:
        'Always in order of seq. With since or afterSeq: the first ones from there (read on with afterSeq of the last one). Without: the newest ones.',
      tags: ['changes'],
    })
    .input(
      z
        .strictObject({
          since: momentText.optional(),
          until: momentText.optional(),
          afterSeq: z.coerce.number<number>().int().min(0).optional().meta({ description: 'only changes numbered above this' }),
          device: referenceText.optional().meta({ description: 'id, alias, name, MAC or address' }),
          kind: z
            .union([z.array(changeKindText), changeKindText])
            .optional()
            .meta({ description: 'only these kinds; repeat it for several' }),
          limit: limitText(1000),
        })
        .prefault({}),
    )
    .output(z.array(changeJson)),
};
