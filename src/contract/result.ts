import * as z from 'zod';
import { changeJson } from './change.ts';
import { portJson } from './port.ts';
import { scanJson } from './scan-json.ts';

export const hostJson = z
  .object({
    address: z.string(),
    mac: z.string().nullable(),
    vendor: z.string().nullable(),
    names: z.array(z.string()),
    ports: z.array(portJson),
    reason: z.string().meta({ description: 'why it was taken for up', examples: ['arp-response'] }),
    timedOut: z.boolean().meta({ description: 'it is there, but its ports are unknown' }),
  })
  .meta({ description: 'What answered at an address in one scan.' });

export type HostJson = z.infer<typeof hostJson>;

export const scanResultJson = z
  .object({
    scan: scanJson,
    hosts: z.array(hostJson),
    changes: z.array(changeJson),
    warnings: z.array(z.string()),
    sent: z.int().nullable().optional().meta({ description: 'packets that left by its interface meanwhile, whoever sent them' }),
  })
  .meta({ description: 'A scan that ended, with what it saw and what it changed.' });

export type ScanResultJson = z.infer<typeof scanResultJson>;

/** How far a scan is. */
export const progressShape = {
  scan: z.int(),
  done: z.number().meta({ description: '0 to 1' }),
  secondsLeft: z.number().nullable(),
  task: z.string(),
  hosts: z.int().meta({ description: 'found so far' }),
};

export const followItem = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('progress'), ...progressShape }),
  z.object({ kind: z.literal('host'), scan: z.int(), host: hostJson }),
  z.object({ kind: z.literal('result'), result: scanResultJson }),
]);

export type FollowItem = z.infer<typeof followItem>;
