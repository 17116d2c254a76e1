import * as z from 'zod';
import { operation } from './fault.ts';
import { planText, scanJson } from './scan.ts';
import { costJson } from './target.ts';
import { instantText, referenceText } from './text.ts';

const device = referenceText.meta({ description: 'id, alias, name, MAC or address', examples: ['nas'] });

export const wokenJson = z
  .object({
    device: z.object({ id: z.int(), name: z.string().nullable() }),
    at: instantText,
    sent: z.array(
      z.object({
        mac: z.string(),
        iface: z.string(),
        from: z.string(),
        to: z.string().meta({ description: 'broadcast address of the segment; UDP port 9' }),
      }),
    ),
  })
  .meta({ description: 'Magic packets that were sent. Whether anybody wakes up by them, later looks tell.' });

export type WokenJson = z.infer<typeof wokenJson>;

export const deviceScanJson = z
  .object({
    scan: scanJson.nullable().meta({ description: 'null: it was only asked what it would cost' }),
    forecast: costJson,
    addresses: z.array(z.string()).meta({ description: 'where it is looked for' }),
  })
  .meta({ description: 'A look at one device.' });

export type DeviceScanJson = z.infer<typeof deviceScanJson>;

const tags = ['devices'];

export const oneDevice = {
  wake: operation
    .meta({ scope: 'scan', audited: true })
    .route({
      method: 'POST',
      path: '/devices/{device}/wake',
      summary: 'Wake a device',
      description:
        'Sends a magic packet for each of its own hardware addresses to the broadcast address of the watched network it was last seen in, ' +
        'out of this machine’s interface there and nowhere else. It asks nobody anything, so a device that is not to be probed may be woken. ' +
        'Refused for addresses that devices make up, and more often than once in 10 s.',
      tags,
    })
    .input(z.strictObject({ device }))
    .output(wokenJson),
  scan: operation
    .meta({ scope: 'scan', audited: true })
    .route({
      method: 'POST',
      path: '/devices/{device}/scan',
      summary: 'Look at one device now',
      description: 'Where it was last seen, but for addresses that another device has by now. With what it will cost.',
      tags,
    })
    .input(
      z.strictObject({
        device,
        plan: planText.default('ports'),
        ports: z.string().max(1024).optional().meta({ description: '"22,80-90", "top 100" or "all"; takes the place of the plan\'s own' }),
        now: z.boolean().default(false).meta({ description: 'also in quiet hours, which otherwise refuse it' }),
        dryRun: z.boolean().default(false).meta({ description: 'only say what it would cost' }),
      }),
    )
    .output(deviceScanJson),
};
