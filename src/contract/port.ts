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

export const certificateJson = z.object({
  subject: z.string(),
  issuer: z.string(),
  notBefore: z.string().nullable().meta({ description: 'ISO 8601, UTC; null where it says none that is one' }),
  notAfter: z.string().nullable(),
  sha256: z.string().meta({ description: 'fingerprint of all of it, in hexadecimal digits' }),
  names: z.array(z.string()).meta({ description: 'names and addresses it is for, the first 32' }),
});

export const servingJson = z
  .object({
    sshKeys: z.array(z.object({ type: z.string(), hash: z.string().meta({ description: '"SHA256:...", as ssh prints it' }) })),
    certificate: certificateJson.nullable(),
    httpTitle: z.string().nullable(),
    httpServer: z.string().nullable(),
  })
  .meta({ description: 'Who a service showed itself to be. Empty and null: it did not show that.' });

export type ServingJson = z.infer<typeof servingJson>;

export const portJson = z
  .object({
    protocol: protocolText,
    port: z.int(),
    state: z.enum(['open', 'closed', 'filtered', 'unfiltered', 'open|filtered', 'closed|filtered', 'unknown']),
    service: serviceJson.nullable(),
    checkedAt: instantText.optional().meta({ description: 'when it was last asked what it serves; left out: not since it opened' }),
    serving: servingJson.optional().meta({ description: 'left out: nobody asked, or it showed nothing' }),
  })
  .meta({ description: 'A port that is anything but closed.' });

export type PortJson = z.infer<typeof portJson>;
