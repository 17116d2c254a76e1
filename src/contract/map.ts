import * as z from 'zod';
import { deviceTypeText } from './device.ts';
import { operation } from './fault.ts';
import { filterText, instantText } from './text.ts';

/** Devices up to which a map tells each of them; beyond that they are counted, and told segment by segment. */
export const MOST_ON_MAP = 500;
/** Devices told of one segment. */
export const MOST_IN_SEGMENT = 2000;

const count = z.int().min(0);

export const segmentJson = z
  .object({
    id: z.string().meta({ description: 'what to ask for it by', examples: ['target-3', '10.0.9.0/24', 'elsewhere'] }),
    target: z.int().nullable().meta({ description: 'id of the target; null: nobody watches it' }),
    block: z.string().nullable().meta({ description: 'as it is written; null: devices that lie in no known network' }),
    iface: z.string().nullable().meta({ description: 'by which it is looked at; null: this machine is not attached to it' }),
    gateways: z
      .array(z.object({ address: z.string(), device: z.int().nullable() }))
      .meta({ description: 'routers that this machine sends through there, and which device each is' }),
    unseen: z
      .object({ since: instantText, cause: z.string() })
      .nullable()
      .meta({ description: 'since when nobody can see it: presence is frozen; null: it can be seen' }),
    lookedAt: instantText.nullable().meta({ description: 'when a look that could see ended last' }),
    stale: z.boolean().meta({ description: 'no such look has come for three intervals' }),
    devices: count,
    presence: z.object({ present: count, away: count, unknown: count }),
    types: z.partialRecord(deviceTypeText, count).meta({ description: 'devices of each type; those of none are left out' }),
    groups: z.array(z.object({ name: z.string(), devices: count })).meta({ description: 'most devices first; at most 50' }),
    members: z.array(z.int()).nullable().meta({ description: 'its devices; null: there are too many, ask for the segment' }),
  })
  .meta({ description: 'A stretch of network and who is in it.' });

export type SegmentJson = z.infer<typeof segmentJson>;

export const mapJson = z
  .object({
    seq: count,
    devices: count,
    collapsed: z.boolean().meta({ description: 'devices are only counted, as there are too many' }),
    segments: z.array(segmentJson),
    links: z
      .array(z.object({ device: z.int(), from: z.string(), to: z.string() }))
      .meta({ description: 'devices with addresses in two segments; at most 500' }),
  })
  .meta({
    description: 'Where devices are.',
    examples: [
      {
        seq: 12,
        devices: 1,
        collapsed: false,
        segments: [
          {
            id: 'target-3',
            target: 3,
            block: '192.168.1.0/24',
            iface: 'eth0',
            gateways: [{ address: '192.168.1.1', device: 1 }],
            unseen: null,
            lookedAt: '2026-11-21T03:00:00.000Z',
            stale: false,
            devices: 1,
            presence: { present: 1, away: 0, unknown: 0 },
            types: { router: 1 },
            groups: [],
            members: [1],
          },
        ],
        links: [],
      },
    ],
  });

export type MapJson = z.infer<typeof mapJson>;

export const map = {
  map: operation
    .meta({ scope: 'read', audited: false })
    .route({
      method: 'GET',
      path: '/networks/map',
      summary: 'Where devices are',
      description: 'Segments with who is in them; with more than 500 devices each is only counted, until one segment is asked for.',
      tags: ['targets'],
    })
    .input(
      z
        .strictObject({
          segment: z.string().min(1).max(255).optional().meta({ description: 'only this one, with its devices' }),
          filter: filterText.optional(),
        })
        .prefault({}),
    )
    .output(mapJson),
};
