import * as z from 'zod';
import { operation } from './fault.ts';
import { certificateJson, protocolText } from './port.ts';
import { filterText, instantText, limitText, momentText } from './text.ts';

/** Places of one group that are told; a filter finds the others. */
export const MOST_PLACES = 500;

const count = z.int().min(0);

const whereabouts = {
  count: count.meta({ description: 'places in all' }),
  devices: count.meta({ description: 'devices in all' }),
  places: z
    .array(z.object({ device: z.int(), protocol: protocolText, port: z.int() }))
    .meta({ description: `where it is; the first ${MOST_PLACES}` }),
  filter: z.string().meta({ description: 'means these devices; may hold text from the network' }),
};

const frame = {
  at: instantText.nullable().meta({ description: 'the moment that was asked for; null: now' }),
  total: count.meta({ description: 'groups there are, told or not' }),
};

export const portGroupJson = z.object({
  protocol: protocolText,
  port: z.int(),
  name: z.string().meta({ description: 'what nmap mostly calls it; empty: nobody knows' }),
  ...whereabouts,
});

export const productGroupJson = z.object({ name: z.string(), product: z.string(), version: z.string(), ...whereabouts });

export const certificateGroupJson = z.object({
  certificate: certificateJson,
  selfSigned: z.boolean().meta({ description: 'who it is for says so itself' }),
  daysLeft: z.int().nullable().meta({ description: 'whole days until its end; negative: it has ended; null: it says none' }),
  ...whereabouts,
});

export const servicesJson = z
  .discriminatedUnion('by', [
    z.object({ by: z.literal('port'), ...frame, groups: z.array(portGroupJson) }),
    z.object({ by: z.literal('product'), ...frame, groups: z.array(productGroupJson) }),
    z.object({ by: z.literal('certificate'), ...frame, groups: z.array(certificateGroupJson) }),
  ])
  .meta({
    description: 'What is served, and by whom.',
    examples: [
      {
        by: 'port',
        at: null,
        total: 1,
        groups: [
          {
            protocol: 'tcp',
            port: 22,
            name: 'ssh',
            count: 1,
            devices: 1,
            places: [{ device: 7, protocol: 'tcp', port: 22 }],
            filter: 'port:tcp/22',
          },
        ],
      },
    ],
  });

export type ServicesJson = z.infer<typeof servicesJson>;
export type PortGroupJson = z.infer<typeof portGroupJson>;
export type ProductGroupJson = z.infer<typeof productGroupJson>;
export type CertificateGroupJson = z.infer<typeof certificateGroupJson>;

export const services = {
  list: operation
    .meta({ scope: 'read', audited: false })
    .route({
      method: 'GET',
      path: '/services',
      summary: 'What is served, and by whom',
      description: 'Ports that most devices have first; products by name; certificates that end first. Also of devices that are away.',
      tags: ['devices'],
    })
    .input(
      z
        .strictObject({
          by: z.enum(['port', 'product', 'certificate']).default('port'),
          filter: filterText.optional(),
          at: momentText.optional(),
          limit: limitText(1000, 5000),
        })
        .prefault({}),
    )
    .output(servicesJson),
};
