import { eventIterator } from '@orpc/contract';
import * as z from 'zod';
import { comparisonItem } from './difference-json.ts';
import { operation } from './fault.ts';
import { viewItem } from './view-json.ts';

export * from './difference-json.ts';
export * from './view-json.ts';

/** A side of a comparison. */
export const sideText = z
  .string()
  .min(1, 'it is empty')
  .max(400)
  .meta({
    description:
      'a scan by its id, "now", "baseline", or TARGET@WHEN: no TARGET or the name of the site means everything; WHEN is a moment ' +
      '(ISO 8601, UTC unless it names an offset), a length of time counted back from now, "yesterday" (24 h back), "now" or "baseline"',
    examples: ['31', 'now', 'baseline', 'home@2026-11-21T03:00Z', '192.168.1.0/24@1d', '@yesterday'],
  });

const rule = z.string().min(1).max(200);
const tags = ['diff'];

export const diff = {
  compare: operation
    .meta({ scope: 'read', audited: false })
    .route({
      method: 'GET',
      path: '/diff',
      summary: 'What differs between two scans or moments',
      description:
        'Server-sent events: first the sides, then each device that differs or of which too little is known, in the order of addresses, ' +
        'then the sum, then the end. What one side did not ask is unknown, never gone or new.',
      tags,
    })
    .input(
      z.strictObject({
        a: sideText,
        b: sideText,
        target: z
          .string()
          .min(1)
          .max(255)
          .optional()
          .meta({ description: 'of moments that name no target, look only at this one; a scan is always all that it looked at' }),
        ignore: z
          .union([z.array(rule).max(100), rule])
          .optional()
          .meta({ description: 'rules for what to leave out; repeat it for several', examples: [['script:http-date', 'port:udp/161']] }),
        most: z.coerce
          .number<number>()
          .int()
          .min(0)
          .max(1_000_000)
          .optional()
          .meta({ description: 'devices told, for a screen; the sum is of all. Left out: all' }),
      }),
    )
    .output(eventIterator(comparisonItem)),
  view: operation
    .meta({ scope: 'read', audited: false })
    .route({
      method: 'GET',
      path: '/diff/view',
      summary: 'One side of a comparison',
      description: 'Server-sent events: what was looked at, then every device with all its ports and what scripts printed, then the end.',
      tags,
    })
    .input(z.strictObject({ side: sideText }))
    .output(eventIterator(viewItem)),
};
