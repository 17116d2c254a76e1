import * as z from 'zod';
import { operation } from './fault.ts';

export const networkJson = z
  .object({
    iface: z.string(),
    block: z.string().meta({ examples: ['192.168.1.0/24'] }),
    loopback: z.boolean(),
    watched: z.boolean(),
  })
  .meta({ description: 'A network on an interface of this machine. Listing it scans nothing.' });

export type NetworkJson = z.infer<typeof networkJson>;

export const networks = {
  list: operation
    .meta({ scope: 'read', audited: false })
    .route({ method: 'GET', path: '/networks', summary: 'Networks that could be watched', tags: ['targets'] })
    .output(z.array(networkJson)),
};
