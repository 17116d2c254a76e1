import * as z from 'zod';
import { presenceText, severalDevices } from './device.ts';
import { operation } from './fault.ts';
import { instantText } from './text.ts';

export const whereaboutsText = z
  .enum(['home', 'away', 'unknown'])
  .meta({ description: 'unknown: none is present, but of one that counts nobody can say' });

export const belongingJson = z.object({
  id: z.int(),
  name: z.string().nullable(),
  presence: presenceText,
  lastSeen: instantText,
  counts: z.boolean().meta({ description: 'whether its presence decides' }),
});

const BELONGING = { id: 7, name: 'annas-phone', presence: 'present', lastSeen: '2026-11-21T03:00:00.000Z', counts: true } as const;

export const personJson = z
  .object({
    name: z.string(),
    is: whereaboutsText,
    since: instantText
      .nullable()
      .meta({ description: 'since when, without a break in which none of what decides was here; null when nobody can say' }),
    lastSeen: instantText,
    devices: z.array(belongingJson),
  })
  .meta({
    description: 'Somebody who owns devices. Home when a device they carry is present; who carries none, when any is.',
    examples: [{ name: 'Anna', is: 'home', since: '2026-11-20T17:30:00.000Z', lastSeen: '2026-11-21T03:00:00.000Z', devices: [BELONGING] }],
  });

export type PersonJson = z.infer<typeof personJson>;

const name = z.string().min(1).max(1024);

/** Whether to become one with who is called so already. */
export const into = z.boolean().default(false).meta({ description: 'the name may be of another one: the two become one' });

const tags = ['people'];

export const people = {
  list: operation
    .meta({ scope: 'read', audited: false })
    .route({ method: 'GET', path: '/people', summary: 'Who is home, and who is away', description: 'By name.', tags })
    .output(z.array(personJson)),
  give: operation
    .meta({ scope: 'edit', audited: true })
    .route({
      method: 'POST',
      path: '/people/give',
      summary: 'Give devices to a person',
      description: 'Who owns a device is a person; a name that differs from a known one only in case means the known one.',
      tags,
    })
    .input(z.strictObject({ person: name, devices: severalDevices }))
    .output(z.array(personJson)),
  take: operation
    .meta({ scope: 'edit', audited: true })
    .route({ method: 'POST', path: '/people/take', summary: 'Make devices nobody’s', description: 'Answers with who is left.', tags })
    .input(z.strictObject({ devices: severalDevices }))
    .output(z.array(personJson)),
  rename: operation
    .meta({ scope: 'edit', audited: true })
    .route({
      method: 'POST',
      path: '/people/rename',
      summary: 'Call a person otherwise',
      description: 'A name that another person has is refused (conflict), but with `into`: then their devices become that one’s.',
      tags,
    })
    .input(z.strictObject({ person: name, name, into }))
    .output(z.array(personJson)),
};
