import * as z from 'zod';
import { instantText } from './text.ts';

export const protocolText = z.enum(['tcp', 'udp', 'sctp', 'ip']);

export const serviceJson = z
  .object({
    name: z.string(),
    product: z.string(),
    version: z.string(),
    extra: z.string(),
    tunnel: z.string().meta({ description: '"ssl" when it speaks through TLS' }),
    method: z.enum(['probed', 'table']).meta({ description: 'asked, or only guessed from the port number' }),
  })
  .meta({ description: 'What listens on a port. Empty text: the scan did not learn it.' });

export const portJson = z
  .object({
    protocol: protocolText,
    port: z.int(),
    state: z.enum(['open', 'closed', 'filtered', 'unfiltered', 'open|filtered', 'closed|filtered', 'unknown']),
    service: serviceJson.nullable(),
    checkedAt: instantText.optional().meta({ description: 'when it was last asked what it serves; left out: not since it opened' }),
  })
  .meta({ description: 'A port that is anything but closed.' });

export type PortJson = z.infer<typeof portJson>;
