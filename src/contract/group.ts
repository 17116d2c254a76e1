import * as z from 'zod';
import { severalDevices } from './device.ts';
import { operation } from './fault.ts';
import { belongingJson, into, whereaboutsText } from './person.ts';
import { instantText } from './text.ts';

export const groupJson = z
  .object({
    name: z.string(),
    is: whereaboutsText,
    present: z.int().meta({ description: 'how many of it are here' }),
    lastSeen: instantText,
    devices: z.array(belongingJson),
  })
  .meta({
    description: 'Devices that belong together. Home when any of them is present.',
    examples: [{ name: 'iot', is: 'away', present: 0, lastSeen: '2026-11-21T03:00:00.000Z', devices: [] }],
  });

export type GroupJson = z.infer<typeof groupJson>;

const name = z.string().min(1).max(1024);
const tags = ['groups'];
const member = z.strictObject({ group: name, devices: severalDevices });

export const groups = {
  list: operation
    .meta({ scope: 'read', audited: false })
    .route({ method: 'GET', path: '/groups', summary: 'All groups and what is in them', description: 'By name.', tags })
    .output(z.array(groupJson)),
  add: operation
    .meta({ scope: 'edit', audited: true })
    .route({
      method: 'POST',
      path: '/groups/add',
      summary: 'Put devices into a group',
      description: 'A group is there while a device is in it.',
      tags,
    })
    .input(member)
    .output(z.array(groupJson)),
  remove: operation
    .meta({ scope: 'edit', audited: true })
    .route({
      method: 'POST',
      path: '/groups/remove',
      summary: 'Take devices out of a group',
      description: 'Answers with all groups.',
      tags,
    })
    .input(member)
    .output(z.array(groupJson)),
  rename: operation
    .meta({ scope: 'edit', audited: true })
    .route({
      method: 'POST',
      path: '/groups/rename',
      summary: 'Call a group otherwise',
      description: 'A name that another group has is refused (conflict), but with `into`: then the two become one.',
      tags,
    })
    .input(z.strictObject({ group: name, name, into }))
    .output(z.array(groupJson)),
};
