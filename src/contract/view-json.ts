import * as z from 'zod';
import { CLUE_KINDS, DEVICE_TYPES, IMPORTANCES, NAME_SOURCES, type ViewItem } from '../core/index.ts';
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
  firstSeen: instantText,
  lastSeen: instantText,
  presence: z.enum(['present', 'away', 'unknown']),
  macs: z.array(z.object({ mac: z.string(), vendor: z.string().nullable() })),
  addresses: z.array(z.object({ address: z.string(), seenAt: instantText })),
  names: z.array(z.object({ name: z.string(), source: z.enum(NAME_SOURCES) })),
  ports: z.array(portJson),
  asked: portsText.meta({ description: 'ports ever asked: those not listed are closed' }),
  os: z.string().nullable(),
  clues: z.array(z.object({ kind: z.enum(CLUE_KINDS), value: z.string() })).meta({ description: 'what it lets slip besides' }),
  labels: z
    .object({
      alias: z.string().nullable(),
      type: z.enum(DEVICE_TYPES).nullable(),
      owner: z.string().nullable(),
      carried: z.boolean().nullable(),
      groups: z.array(z.string()),
      tags: z.array(z.string()),
      note: z.string().nullable(),
      importance: z.enum(IMPORTANCES),
      window: z.int().nullable().meta({ description: 'milliseconds' }),
      probed: z.boolean(),
      gentle: z.boolean().nullable(),
      harmed: z.int().nullable().meta({ description: 'scan under which it fell silent' }),
      distinct: z.array(z.int()),
    })
    .meta({ description: 'what people say of it' }),
  rhythm: z
    .object({ silences: z.array(z.int()) })
    .nullable()
    .meta({ description: 'how often it was silent for how long' }),
  mergedInto: z.int().nullable(),
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
