import * as z from 'zod';
import { CLUE_KINDS, DEVICE_TYPES, FACT_KINDS, IMPORTANCES, NAME_SOURCES } from '../core/index.ts';
import { changeJson } from './change.ts';
import { operation } from './fault.ts';
import { portJson, serviceJson } from './port.ts';
import { durationText, filterText, instantText, momentText, referenceText } from './text.ts';

export const presenceText = z
  .enum(['present', 'away', 'unknown'])
  .meta({ description: 'unknown: nobody whose silence counts has looked lately' });

export const deviceTypeText = z.enum(DEVICE_TYPES);
export const importanceText = z.enum(IMPORTANCES);

export const deviceJson = z
  .object({
    id: z.int(),
    name: z.string().nullable().meta({ description: 'the name to show: the alias, else the best name found, else null' }),
    alias: z.string().nullable().meta({ description: 'name given by a person; beats every other' }),
    macs: z.array(z.string()),
    addresses: z.array(z.string()).meta({ description: 'where it was last seen; an away device keeps its last addresses' }),
    names: z.array(z.string()).meta({ description: 'names found on the network, best source first' }),
    nameSources: z
      .array(
        z.object({
          name: z.string(),
          source: z.enum(NAME_SOURCES),
          since: instantText.nullable().meta({ description: 'since when this source has called it so' }),
          confirmed: instantText.nullable().meta({ description: 'when the source said so last, as far as that is remembered' }),
        }),
      )
      .meta({ description: 'the same names, each with who says so and how old that is' }),
    vendor: z.string().nullable().meta({ description: 'maker of its network card' }),
    randomizedMac: z.boolean().meta({ description: 'a hardware address of it is made up, as phones do for privacy' }),
    os: z.string().nullable(),
    presence: presenceText,
    type: deviceTypeText.nullable().meta({ description: 'what kind of device it is: by the word of a person, else by guess' }),
    typeGuess: z
      .object({ type: deviceTypeText, confidence: z.number().min(0).max(1), reason: z.string() })
      .nullable()
      .meta({ description: 'what it probably is, whatever a person said' }),
    typeBy: z.enum(['person', 'guess']).nullable().meta({ description: 'whose word its type is; null: it has none' }),
    owner: z.string().nullable().meta({ description: 'the person whose device it is' }),
    carried: z.boolean().nullable().meta({ description: 'its presence is that of its owner; null: as its type suggests' }),
    groups: z.array(z.string()),
    tags: z.array(z.string()),
    note: z.string().nullable(),
    importance: importanceText,
    probed: z.boolean().meta({ description: 'false: it is only listened to, never asked' }),
    gentle: z
      .boolean()
      .nullable()
      .meta({ description: 'asked slowly, for few ports, and never what they serve; null: as what it is suggests' }),
    harmed: z.int().nullable().meta({ description: 'scan under which it fell silent: it is left alone until it is released' }),
    clues: z.array(z.object({ kind: z.enum(CLUE_KINDS), value: z.string() })).meta({ description: 'what it let slip on the network' }),
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
        nameSources: [{ name: 'printer', source: 'mdns', since: '2026-11-01T08:00:00.000Z', confirmed: '2026-11-21T02:00:00.000Z' }],
        vendor: null,
        randomizedMac: true,
        os: null,
        presence: 'present',
        type: 'printer',
        typeGuess: { type: 'printer', confidence: 0.6, reason: 'port 631/tcp is open' },
        typeBy: 'guess',
        owner: null,
        carried: null,
        groups: ['office'],
        tags: [],
        note: null,
        importance: 'normal',
        probed: true,
        gentle: null,
        harmed: null,
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
    value: z
      .string()
      .meta({ description: 'its content: the state of a port, the source of a name, who serves there; empty when the key says all' }),
    service: serviceJson.nullable().meta({ description: 'what listened there, for ports' }),
    from: instantText,
    to: instantText.nullable().meta({ description: 'null while it holds' }),
    openedBy: z.int().meta({ description: 'scan that found it so' }),
    closedBy: z.int().nullable(),
  })
  .meta({ description: 'One fact about a device over time.' });

export type SpanJson = z.infer<typeof spanJson>;

/** The merged device that somebody asked for. */
export const partJson = z
  .object({ id: z.int(), name: z.string().nullable() })
  .optional()
  .meta({ description: 'the device that was asked for, where it was merged into this one' });

export const deviceHistoryJson = z.object({
  device: deviceJson,
  part: partJson,
  spans: z.array(spanJson),
  changes: z.array(changeJson).meta({ description: 'its last 50 changes, newest first' }),
});

export type DeviceHistoryJson = z.infer<typeof deviceHistoryJson>;

const setEdit = z.strictObject({ add: z.array(z.string()).max(64).optional(), drop: z.array(z.string()).max(64).optional() });

/** What people may say of a device. Texts are judged where they are kept, with the fault that names them. */
const deviceEdit = {
  name: z.string().min(1).max(1024).nullable().optional().meta({ description: 'at most 255 characters' }),
  type: deviceTypeText.nullable().optional(),
  owner: z.string().max(1024).nullable().optional().meta({ description: 'a person; at most 64 characters, without : , and "' }),
  carried: z.boolean().nullable().optional(),
  groups: setEdit.optional(),
  tags: setEdit.optional(),
  note: z.string().max(16_384).nullable().optional().meta({ description: 'at most 4,000 characters' }),
  importance: importanceText.optional(),
  window: durationText.nullable().optional(),
  probed: z.boolean().optional(),
  gentle: z.boolean().nullable().optional().meta({ description: 'true: ask it gently; false: like any other, also a printer' }),
  harmed: z.null().optional().meta({ description: 'null releases a device that is left alone since a scan harmed it' }),
};

/** Devices named one by one. */
export const severalDevices = z.array(referenceText).min(1).max(1000);

const reference = referenceText.meta({ description: 'id, alias, name, MAC or address', examples: ['7', 'printer', '192.168.1.20'] });

export const devices = {
  list: operation
    .meta({ scope: 'read', audited: false })
    .route({
      method: 'GET',
      path: '/devices',
      summary: 'All devices',
      description: 'Every device that fits, now or as believed at a past moment.',
      tags: ['devices'],
    })
    .input(z.strictObject({ at: momentText.optional(), presence: presenceText.optional(), filter: filterText.optional() }).prefault({}))
    .output(z.array(deviceJson)),
  get: operation
    .meta({ scope: 'read', audited: false })
    .route({ method: 'GET', path: '/devices/{reference}', summary: 'One device and its history', tags: ['devices'] })
    .input(z.strictObject({ reference }))
    .output(deviceHistoryJson),
  edit: operation
    .meta({ scope: 'edit', audited: true })
    .route({
      method: 'PATCH',
      path: '/devices/{reference}',
      summary: 'Say what a device is',
      description: 'Fields left out stay as they are; null takes away what was said.',
      tags: ['devices'],
    })
    .input(z.strictObject({ reference, ...deviceEdit }))
    .output(deviceJson),
  editMany: operation
    .meta({ scope: 'edit', audited: true })
    .route({
      method: 'POST',
      path: '/devices/edit',
      summary: 'Say the same of several devices',
      description: 'Of those named, or of those that fit a filter: of all of them or, when one cannot be, of none. Answers with them.',
      tags: ['devices'],
    })
    .input(
      z.strictObject({
        devices: severalDevices.optional(),
        filter: filterText.optional(),
        edit: z.strictObject(deviceEdit),
        dryRun: z.boolean().default(false).meta({ description: 'answer with them as they would be, and change nothing' }),
      }),
    )
    .output(z.array(deviceJson)),
};
