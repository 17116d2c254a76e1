import * as z from 'zod';
import { operation } from './fault.ts';
import { durationText, instantText } from './text.ts';

export const upcomingJson = z
  .object({ next: z.array(instantText).meta({ description: 'in order; none where it is never due again' }) })
  .meta({ description: 'When something would be due.', examples: [{ next: ['2026-11-22T02:00:00.000Z', '2026-11-23T02:00:00.000Z'] }] });

export type UpcomingJson = z.infer<typeof upcomingJson>;

export const schedule = {
  next: operation
    .meta({ scope: 'read', audited: false })
    .route({
      method: 'GET',
      path: '/schedule/next',
      summary: 'When a schedule would be due',
      description: 'Of an interval or a cron line that need not be kept; by the clock of its zone, over changes to and from summer time.',
      tags: ['targets'],
    })
    .input(
      z.strictObject({
        every: durationText.optional().meta({ description: 'so often; either this or at', examples: ['5m'] }),
        at: z
          .string()
          .max(128)
          .optional()
          .meta({ description: 'cron line', examples: ['0 3 * * *'] }),
        zone: z
          .string()
          .max(64)
          .optional()
          .meta({ description: 'left out: that of this machine', examples: ['Europe/Berlin'] }),
        count: z.coerce.number<number>().int().min(1).max(100).default(5),
      }),
    )
    .output(upcomingJson),
};
