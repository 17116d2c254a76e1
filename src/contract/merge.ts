import * as z from 'zod';
import { deviceJson, presenceText } from './device.ts';
import { operation } from './fault.ts';
import { instantText, referenceText } from './text.ts';

const memberJson = z.object({
  id: z.int(),
  name: z.string().nullable(),
  macs: z.array(z.string()),
  addresses: z.array(z.string()),
  presence: presenceText,
  lastSeen: instantText,
});

export type MemberJson = z.infer<typeof memberJson>;

export const proposalJson = z
  .object({
    keep: memberJson.meta({ description: 'the one to go on as' }),
    absorb: z.array(memberJson),
    confidence: z.number().min(0).max(1),
    guess: z.boolean().meta({ description: 'it rests on names and habits, which anybody can copy' }),
    reasons: z.array(z.string()),
  })
  .meta({
    description: 'Devices that are probably one. They stay apart until a person merges them.',
    examples: [
      {
        keep: {
          id: 7,
          name: 'annas-phone',
          macs: ['02:00:5e:00:53:01'],
          addresses: ['192.168.1.20'],
          presence: 'away',
          lastSeen: '2026-11-20T21:00:00.000Z',
        },
        absorb: [
          {
            id: 12,
            name: 'annas-phone',
            macs: ['06:00:5e:00:53:02'],
            addresses: ['192.168.1.31'],
            presence: 'present',
            lastSeen: '2026-11-21T03:00:00.000Z',
          },
        ],
        confidence: 0.8,
        guess: false,
        reasons: ['both call themselves "annas-phone" by DHCP', 'never present at once'],
      },
    ],
  });

export type ProposalJson = z.infer<typeof proposalJson>;

const reference = referenceText.meta({ description: 'id, alias, name, MAC or address' });
const several = z.array(reference).min(1).max(256);
const tags = ['devices'];

export const merges = {
  proposals: operation
    .meta({ scope: 'read', audited: false })
    .route({ method: 'GET', path: '/merges', summary: 'Devices that are probably one', description: 'Best first, with reasons.', tags })
    .output(z.array(proposalJson)),
  merge: operation
    .meta({ scope: 'edit', audited: true })
    .route({
      method: 'POST',
      path: '/merges',
      summary: 'Make several devices one',
      description: 'Answers with the device that goes on. Can be taken back; history is kept.',
      tags,
    })
    .input(z.strictObject({ keep: reference, absorb: several }))
    .output(deviceJson),
  split: operation
    .meta({ scope: 'edit', audited: true })
    .route({
      method: 'POST',
      path: '/merges/split',
      summary: 'Make hardware addresses a device of their own',
      description: 'Answers with the device they were taken from and the one they are now.',
      tags,
    })
    .input(z.strictObject({ device: reference, macs: z.array(z.string().max(64)).min(1).max(256) }))
    .output(z.array(deviceJson)),
  undo: operation
    .meta({ scope: 'edit', audited: true })
    .route({
      method: 'POST',
      path: '/merges/undo',
      summary: 'Take a merge back',
      description: 'Answers with the devices that are apart again.',
      tags,
    })
    .input(
      z.strictObject({
        device: reference.meta({ description: 'the device that absorbed another, or the id of the one that was absorbed' }),
        part: reference.optional().meta({ description: 'the one that was absorbed; may be left out when there is only one' }),
      }),
    )
    .output(z.array(deviceJson)),
  distinct: operation
    .meta({ scope: 'edit', audited: true })
    .route({
      method: 'POST',
      path: '/merges/distinct',
      summary: 'Say that devices are not the same',
      description: 'No merge of any two of them is proposed again.',
      tags,
    })
    .input(z.strictObject({ devices: z.array(reference).min(2).max(256) }))
    .output(z.array(deviceJson)),
};

/** `devices.forget`: the only word about devices that cannot be taken back. */
export const forget = operation
  .meta({ scope: 'admin', audited: true })
  .route({
    method: 'POST',
    path: '/devices/forget',
    summary: 'Forget devices',
    description: 'Cannot be taken back. One that is seen again is a new device; the changes told of it stay.',
    tags,
  })
  .input(z.strictObject({ devices: several }))
  .output(z.array(memberJson));
