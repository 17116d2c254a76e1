import * as z from 'zod';
import { CLUE_KINDS, DEVICE_TYPES, FACT_KINDS, IMPORTANCES } from '../core/index.ts';
import { changeJson } from './change.ts';
import { operation } from './fault.ts';
import { portJson, serviceJson } from './port.ts';
import { durationText, filterText, instantText, momentText, referenceText } from './text.ts';

const deviceTypeText = z.enum(DEVICE_TYPES);

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
    type: deviceTypeText.nullable().meta({ description: 'what it is: as a person said, else as it is taken for' }),
    guess: z
      .object({ type: deviceTypeText, confidence: z.number(), reason: z.string() })
      .nullable()
      .meta({ description: 'what it is taken for, and why' }),
    owner: z.string().nullable().meta({ description: 'the person whose device it is' }),
    carried: z.boolean().nullable().meta({ description: 'whether its presence is its owner’s; null: as its type suggests' }),
    groups: z.array(z.string()),
    tags: z.array(z.string()),
    note: z.string().nullable(),
    importance: z.enum(IMPORTANCES),
    probed: z.boolean().meta({ description: 'false: it is left in peace, and only listened to' }),
    clues: z.array(z.object({ kind: z.enum(CLUE_KINDS), value: z.string() })).meta({ description: 'what it lets slip about itself' }),
    window: durationText
      .nullable()
      .meta({ description: 'how long it may be missed before it counts as away, as a person chose; null takes what was learned' }),
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
        type: 'printer',
        guess: { type: 'printer', confidence: 0.9, reason: 'port 631 is open' },
        owner: null,
        carried: null,
        groups: ['office'],
        tags: [],
        note: null,
        importance: 'normal',
        probed: true,
        clues: [],
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

/** A name of a group, a tag or a person: visible, and none of the signs that filters are made of. */
const labelName = z
  .string()
  .trim()
  .normalize('NFC')
  .min(1)
  .max(64)
  .regex(/^(?!-)[^\p{C}:,"]+$/u, 'a name has no control characters, no : , or ", and does not begin with -');

const setEdit = z.strictObject({ add: z.array(labelName).max(64).optional(), drop: z.array(z.string().max(255)).max(64).optional() });

/** What may be said of a device. */
const labelFields = {
  name: z.string().min(1).max(255).nullable().optional(),
  type: deviceTypeText.nullable().optional(),
  owner: labelName.nullable().optional(),
  carried: z.boolean().nullable().optional(),
  groups: setEdit.optional(),
  tags: setEdit.optional(),
  note: z.string().min(1).max(4000).nullable().optional(),
  importance: z.enum(IMPORTANCES).optional(),
  window: durationText.nullable().optional(),
  probed: z.boolean().optional(),
};

export const devices = {
  list: operation
    .route({
      method: 'GET',
      path: '/devices',
      summary: 'All devices',
      description: 'Every device, now or as believed at a past moment.',
      tags: ['devices'],
    })
    .input(z.strictObject({ at: momentText.optional(), presence: presenceText.optional(), filter: filterText.optional() }).prefault({}))
    .output(z.array(deviceJson)),
  get: operation
    .route({ method: 'GET', path: '/devices/{reference}', summary: 'One device and its history', tags: ['devices'] })
    .input(z.strictObject({ reference }))
    .output(deviceHistoryJson),
  edit: operation
    .route({
      method: 'PATCH',
      path: '/devices/{reference}',
      summary: 'Say what a device is, whose, and how to treat it',
      description: 'Fields left out stay as they are; null takes the given value away again. What a person says beats what is found.',
      tags: ['devices'],
    })
    .input(z.strictObject({ reference, ...labelFields }))
    .output(deviceJson),
  editMany: operation
    .route({
      method: 'POST',
      path: '/devices/edit',
      summary: 'Say the same of several devices',
      description: 'Of those named, or of all that a filter means; of all of them, or with a fault of none.',
      tags: ['devices'],
    })
    .input(
      z.strictObject({
        references: z.array(referenceText).max(10_000).optional(),
        filter: filterText.optional(),
        dryRun: z.boolean().default(false),
        ...labelFields,
      }),
    )
    .output(z.array(deviceJson)),
};
