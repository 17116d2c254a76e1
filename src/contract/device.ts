import * as z from 'zod';
import { FACT_KINDS } from '../core/index.ts';
import { changeJson } from './change.ts';
import { operation } from './fault.ts';
import { portJson, serviceJson } from './port.ts';
import { durationText, instantText, momentText, referenceText } from './text.ts';

export const presenceText = z
  .enum(['present', 'away', 'unknown'])
  .meta({ description: 'unknown: nobody whose silence counts has looked lately' });

export const deviceJson = z
  .object({
    id: z.int(),
    name: z.string().nullable().meta({ description: 'the name to show: the alias, else the best name found, else null' }),
    alias: z.string().nullable().meta({ description: 'name given by a person; beats every other' }),
    macs: z.array(z.string()),
    addresses: z.array(z.string()).meta({ description: 'where it was last seen; an away device keeps its last addresses' }),
    names: z.array(z.string()).meta({ description: 'names found on the network, best source first' }),
    vendor: z.string().nullable().meta({ description: 'maker of its network card' }),
    randomizedMac: z.boolean().meta({ description: 'a hardware address of it is made up, as phones do for privacy' }),
    os: z.string().nullable(),
    presence: presenceText,
    window: durationText.nullable().meta({ description: 'how long it may be missed before it counts as away; null takes the usual one' }),
    firstSeen: instantText,
    lastSeen: instantText,
    ports: z.array(portJson).meta({ description: 'every port known to be anything but closed' }),
  })
  .meta({
    description: 'What we believe persists behind the hosts that answer.',
    examples: [
      {
        id: 7,
        name: 'printer',
        alias: null,
        macs: ['02:00:5e:00:53:01'],
        addresses: ['192.168.1.20'],
        names: ['printer'],
        vendor: null,
        randomizedMac: true,
        os: null,
        presence: 'present',
        window: null,
        firstSeen: '2026-11-01T08:00:00.000Z',
        lastSeen: '2026-11-21T03:00:00.000Z',
        ports: [{ protocol: 'tcp', port: 631, state: 'open', service: null }],
      },
    ],
  });

export type DeviceJson = z.infer<typeof deviceJson>;

export const spanJson = z
  .object({
    kind: z.enum(FACT_KINDS),
    key: z.string().meta({ description: 'which one of its kind: the address, "tcp/22"; empty where there is only one' }),
    value: z.string().meta({ description: 'its content: the state of a port, the source of a name; empty when the key says all' }),
    service: serviceJson.nullable().meta({ description: 'what listened there, for ports' }),
    from: instantText,
    to: instantText.nullable().meta({ description: 'null while it holds' }),
    openedBy: z.int().meta({ description: 'scan that found it so' }),
    closedBy: z.int().nullable(),
  })
  .meta({ description: 'One fact about a device over time.' });

export type SpanJson = z.infer<typeof spanJson>;

export const deviceHistoryJson = z.object({
  device: deviceJson,
  spans: z.array(spanJson),
  changes: z.array(changeJson).meta({ description: 'its last 50 changes, newest first' }),
});

export type DeviceHistoryJson = z.infer<typeof deviceHistoryJson>;

const reference = referenceText.meta({ description: 'id, alias, name, MAC or address', examples: ['7', 'printer', '192.168.1.20'] });

export const devices = {
  list: operation
    .route({
      method: 'GET',
      path: '/devices',
      summary: 'All devices',
      description: 'Every device, now or as believed at a past moment.',
      tags: ['devices'],
    })
    .input(z.strictObject({ at: momentText.optional(), presence: presenceText.optional() }).prefault({}))
    .output(z.array(deviceJson)),
  get: operation
    .route({ method: 'GET', path: '/devices/{reference}', summary: 'One device and its history', tags: ['devices'] })
    .input(z.strictObject({ reference }))
    .output(deviceHistoryJson),
  edit: operation
    .route({
      method: 'PATCH',
      path: '/devices/{reference}',
      summary: 'Name a device or set its window',
      description: 'Fields left out stay as they are; null takes the given value away again.',
      tags: ['devices'],
    })
    .input(
      z.strictObject({ reference, name: z.string().min(1).max(255).nullable().optional(), window: durationText.nullable().optional() }),
    )
    .output(deviceJson),
};
