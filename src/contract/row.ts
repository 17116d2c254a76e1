import * as z from 'zod';
import { deviceJson, presenceText } from './device.ts';
import { operation } from './fault.ts';
import { filterText, instantText, momentText } from './text.ts';

/** What a table shows of a device; a part of {@link deviceJson}, so that whoever reads rows can read devices. */
export const rowJson = deviceJson
  .pick({
    id: true,
    name: true,
    macs: true,
    addresses: true,
    vendor: true,
    randomizedMac: true,
    os: true,
    presence: true,
    type: true,
    typeBy: true,
    owner: true,
    groups: true,
    tags: true,
    importance: true,
    probed: true,
    firstSeen: true,
    lastSeen: true,
  })
  .extend({ open: z.array(z.string()).meta({ description: 'its open ports', examples: [['22/tcp', '53/udp']] }) })
  .meta({
    description: 'A device in a table. What is not in it, the device itself tells.',
    examples: [
      {
        id: 7,
        name: 'printer',
        macs: ['02:00:5e:00:53:01'],
        addresses: ['192.168.1.20'],
        vendor: null,
        randomizedMac: true,
        os: null,
        presence: 'present',
        type: 'printer',
        typeBy: 'guess',
        owner: null,
        groups: ['office'],
        tags: [],
        importance: 'normal',
        probed: true,
        firstSeen: '2026-11-01T08:00:00.000Z',
        lastSeen: '2026-11-21T03:00:00.000Z',
        open: ['631/tcp'],
      },
    ],
  });

export type RowJson = z.infer<typeof rowJson>;

const count = z.int().min(0);

export const rowsJson = z
  .object({
    site: z.string(),
    seq: count.meta({ description: 'number of the newest change at that moment; 0 before the first' }),
    at: instantText.nullable().meta({ description: 'the moment that was asked for; else when the newest committed scan ended' }),
    counts: z
      .object({ devices: count, present: count, away: count, unknown: count })
      .meta({ description: 'of all devices, whatever the filter' }),
    rows: z.array(rowJson),
  })
  .meta({ description: 'Devices as a table shows them: less than half of what all of them tell.' });

export type RowsJson = z.infer<typeof rowsJson>;

export const rows = {
  rows: operation
    .meta({ scope: 'read', audited: false })
    .route({
      method: 'GET',
      path: '/rows',
      summary: 'All devices, as a table shows them',
      description: 'Every device that fits, now or as believed at a past moment; quicker than all that is known of them.',
      tags: ['devices'],
    })
    .input(z.strictObject({ at: momentText.optional(), presence: presenceText.optional(), filter: filterText.optional() }).prefault({}))
    .output(rowsJson),
};
