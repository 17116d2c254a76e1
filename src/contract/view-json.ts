import * as z from 'zod';
import type { ViewItem } from '../core/index.ts';
import { viewSourceText } from './difference-json.ts';
import { portJson, protocolText } from './port.ts';
import { coverageJson } from './scan-json.ts';
import { instantText } from './text.ts';

const portNumber = z.int().min(0).max(65_535);

const portsText = z.partialRecord(protocolText, z.string()).meta({ examples: [{ tcp: '1-1000' }] });

/** Everything believed of a device, closed ports included: those asked and not listed. */
const fullDeviceJson = z.object({
  id: z.int(),
  site: z.string(),
  alias: z.string().nullable(),
  window: z.int().nullable().meta({ description: 'milliseconds' }),
  firstSeen: instantText,
  lastSeen: instantText,
  presence: z.enum(['present', 'away', 'unknown']),
  macs: z.array(z.object({ mac: z.string(), vendor: z.string().nullable() })),
  addresses: z.array(z.object({ address: z.string(), seenAt: instantText })),
  names: z.array(z.object({ name: z.string(), source: z.enum(['user', 'dhcp', 'mdns', 'dns', 'hosts', 'scan']) })),
  ports: z.array(portJson),
  asked: portsText.meta({ description: 'ports ever asked: those not listed are closed' }),
  os: z.string().nullable(),
});

/** One item of a view. */
export const viewItem = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('view'),
    source: viewSourceText,
    title: z.string(),
    at: instantText.nullable(),
    partial: z.string().nullable().meta({ description: 'why it is not all there is; null when it is whole' }),
    coverage: coverageJson,
    scriptChoice: z.string().nullable().meta({ description: 'which scripts were run; null: none' }),
    warnings: z.array(z.string()),
    devices: z.int().min(0).meta({ description: 'how many follow' }),
  }),
  z.object({
    kind: z.literal('device'),
    entry: z
      .object({
        device: z.int().nullable(),
        macs: z.array(z.string()),
        addresses: z.array(z.string()),
        names: z.array(z.string()),
        fingerprint: z.string().nullable(),
      })
      .meta({ description: 'by what it is recognised in another view' }),
    device: fullDeviceJson,
    unlisted: z.array(
      z.object({
        protocol: protocolText,
        state: portJson.shape.state,
        count: z.int(),
        ports: z.array(z.tuple([portNumber, portNumber])).nullable(),
      }),
    ),
    scripts: z.array(
      z.object({
        port: z.object({ protocol: protocolText, port: portNumber }).nullable(),
        id: z.string(),
        output: z.string(),
      }),
    ),
  }),
]) as unknown as z.ZodType<ViewItem>;
