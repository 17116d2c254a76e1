import * as z from 'zod';
import { DEVICE_TYPES } from '../core/index.ts';
import { partJson, presenceText } from './device.ts';
import { operation } from './fault.ts';
import { filterText, instantText, momentText, referenceText } from './text.ts';

export const attendeeJson = z
  .object({
    id: z.int(),
    name: z.string().nullable(),
    owner: z.string().nullable().meta({ description: 'the person whose device it is' }),
    type: z.enum(DEVICE_TYPES).nullable().meta({ description: 'what kind of device it is, by the word of a person or by guess' }),
    guessed: z.boolean().meta({ description: 'nobody said the type: it is a guess' }),
    addresses: z.array(z.string()),
    presence: presenceText,
    since: instantText.nullable().meta({ description: 'since when it is so without a break; null when nobody can say' }),
    lastSeen: instantText,
  })
  .meta({
    description: 'A device that is here, away, or of which nobody knows, and since when.',
    examples: [
      {
        id: 7,
        name: 'annas-phone',
        owner: 'anna',
        type: 'phone',
        guessed: true,
        addresses: ['192.168.1.20'],
        presence: 'present',
        since: '2026-11-21T07:12:00.000Z',
        lastSeen: '2026-11-21T11:59:00.000Z',
      },
    ],
  });

export type AttendeeJson = z.infer<typeof attendeeJson>;

export const sessionJson = z
  .object({ presence: presenceText, from: instantText, to: instantText.nullable().meta({ description: 'null while it lasts' }) })
  .meta({ description: 'A stretch of one presence, cut to the time that was asked for.' });

export type SessionJson = z.infer<typeof sessionJson>;

const seconds = z.number().min(0);

export const timelineJson = z
  .object({
    device: z.object({ id: z.int(), name: z.string().nullable() }),
    part: partJson,
    since: instantText,
    until: instantText.meta({ description: 'now at the latest' }),
    sessions: z.array(sessionJson).meta({ description: 'oldest first; none from before the device was first seen' }),
    cut: z.boolean().meta({ description: 'there were too many sessions: the oldest are left out, and `since` is later than asked' }),
    seconds: z.object({ present: seconds, away: seconds, unknown: seconds }),
    share: z
      .number()
      .min(0)
      .max(1)
      .nullable()
      .meta({ description: 'of the time it is known of, how much it was present; null: it never is' }),
  })
  .meta({
    description: 'When a device was here.',
    examples: [
      {
        device: { id: 7, name: 'annas-phone' },
        since: '2026-11-21T00:00:00.000Z',
        until: '2026-11-21T12:00:00.000Z',
        sessions: [
          { presence: 'away', from: '2026-11-21T00:00:00.000Z', to: '2026-11-21T06:00:00.000Z' },
          { presence: 'present', from: '2026-11-21T06:00:00.000Z', to: null },
        ],
        cut: false,
        seconds: { present: 21600, away: 21600, unknown: 0 },
        share: 0.5,
      },
    ],
  });

export type TimelineJson = z.infer<typeof timelineJson>;

/** Devices of which one answer tells the timelines. */
export const MOST_TIMELINES = 100;

export const presence = {
  who: operation
    .meta({ scope: 'read', audited: false })
    .route({
      method: 'GET',
      path: '/presence',
      summary: 'Who is here, and since when',
      description: 'Or who is away. People with their devices first, then what nobody owns.',
      tags: ['devices'],
    })
    .input(
      z
        .strictObject({
          presence: presenceText.default('present'),
          sort: z.enum(['longest', 'recent', 'name']).default('recent').meta({ description: 'whom to name first, within one owner' }),
          filter: filterText.optional(),
        })
        .prefault({}),
    )
    .output(z.array(attendeeJson)),
  timeline: operation
    .meta({ scope: 'read', audited: false })
    .route({
      method: 'GET',
      path: '/timeline',
      summary: 'When devices were here',
      description: `Of the devices named, or of those that fit a filter; at most ${MOST_TIMELINES} at once.`,
      tags: ['devices'],
    })
    .input(
      z.strictObject({
        device: z
          .union([z.array(referenceText).max(MOST_TIMELINES), referenceText])
          .optional()
          .meta({ description: 'id, alias, name, MAC or address; repeat it for several' }),
        filter: filterText.optional(),
        since: momentText.default('7d'),
        until: momentText.optional(),
      }),
    )
    .output(z.array(timelineJson)),
};
