import * as z from 'zod';
import { presenceText } from './device.ts';
import { operation } from './fault.ts';

const member = z.object({ id: z.int(), name: z.string().nullable(), presence: presenceText });

export const personJson = z
  .object({
    name: z.string(),
    presence: presenceText.meta({ description: 'present: one of the devices they carry is; away: all of them are' }),
    devices: z.array(member.extend({ carried: z.boolean().meta({ description: 'says where its owner is' }) })),
  })
  .meta({ description: 'Whoever owns a device.' });

export type PersonJson = z.infer<typeof personJson>;

export const groupJson = z
  .object({ name: z.string(), present: z.int(), total: z.int(), devices: z.array(member) })
  .meta({ description: 'Devices that people put together.' });

export type GroupJson = z.infer<typeof groupJson>;

export const people = {
  list: operation.route({ method: 'GET', path: '/people', summary: 'Who is home', tags: ['people'] }).output(z.array(personJson)),
};

export const groups = {
  list: operation
    .route({ method: 'GET', path: '/groups', summary: 'All groups and who is in them', tags: ['people'] })
    .output(z.array(groupJson)),
};
