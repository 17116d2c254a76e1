import * as z from 'zod';
import { deviceJson } from './device.ts';
import { operation } from './fault.ts';
import { instantText } from './text.ts';

export const rollJson = z
  .object({
    site: z.string(),
    at: instantText.nullable().meta({ description: 'when the newest committed scan ended; null before the first' }),
    seq: z.int().meta({ description: 'number of the newest change; 0 before the first' }),
    counts: z.object({ devices: z.int(), present: z.int(), away: z.int(), unknown: z.int() }),
    devices: z.array(deviceJson),
  })
  .meta({ description: 'Attendance: every device of the site and whether it is here. The shape never depends on how many there are.' });

export type RollJson = z.infer<typeof rollJson>;

export const roll = {
  get: operation
    .meta({ scope: 'read', audited: false })
    .route({ method: 'GET', path: '/roll', summary: 'The latest roll', tags: ['roll'] })
    .output(rollJson),
};
