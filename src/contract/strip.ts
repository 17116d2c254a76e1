import * as z from 'zod';
import { operation } from './fault.ts';
import { instantText, momentText } from './text.ts';

/** Devices of which one answer tells the strips. */
export const MOST_STRIPS = 500;

const slotState = z.enum(['present', 'away', 'unknown', 'none']).meta({ description: 'none: nobody knew the device yet' });

export const stripsJson = z
  .object({
    since: instantText,
    until: instantText.meta({ description: 'now at the latest' }),
    slots: z.int().min(1),
    seconds: z.number().meta({ description: 'length of a slot' }),
    strips: z.array(
      z.object({
        device: z.int(),
        runs: z
          .array(z.tuple([slotState, z.int().min(1)]))
          .meta({ description: 'what it was for most of each slot, oldest first: so many slots in a row' }),
      }),
    ),
  })
  .meta({
    description: 'When many devices were here, as a row of a table shows it.',
    examples: [
      {
        since: '2026-11-20T12:00:00.000Z',
        until: '2026-11-21T12:00:00.000Z',
        slots: 96,
        seconds: 900,
        strips: [
          {
            device: 7,
            runs: [
              ['away', 40],
              ['present', 56],
            ],
          },
        ],
      },
    ],
  });

export type StripsJson = z.infer<typeof stripsJson>;

/** Query strings carry one number as a text, and several as texts. */
const id = z.coerce.number<number>().int().min(1);

export const strips = {
  strips: operation
    .meta({ scope: 'read', audited: false })
    .route({
      method: 'GET',
      path: '/strips',
      summary: 'When many devices were here, for rows',
      description: 'Devices by their numbers; of one that there is none of nothing is told.',
      tags: ['devices'],
    })
    .input(
      z.strictObject({
        devices: z.union([z.array(id).min(1).max(MOST_STRIPS), id]).meta({ description: 'repeat it for several' }),
        since: momentText.default('1d'),
        until: momentText.optional(),
        slots: z.coerce.number<number>().int().min(1).max(1000).default(96),
      }),
    )
    .output(stripsJson),
};
