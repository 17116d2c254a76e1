import * as z from 'zod';
import { type ApprovalEntry, ENTRY_CAPS } from '../core/index.ts';
import { severalDevices } from './device.ts';
import { operation } from './fault.ts';
import { protocolText } from './port.ts';
import { filterText, instantText, momentText } from './text.ts';

/** A text of one line. */
const line = (most: number) =>
  z
    .string()
    .min(1, 'it is empty')
    .max(most)
    .regex(/^[^\p{Cc}\u2028\u2029]*$/u, 'it is more than a line that can be shown');

const said = line(ENTRY_CAPS.why);
const who = line(ENTRY_CAPS.by).meta({ description: 'who says so' });
const place = line(ENTRY_CAPS.port).meta({ description: 'a port', examples: ['22/tcp', '53/udp'] });
const portsText = line(ENTRY_CAPS.only).meta({
  description: 'ports of TCP, or with their protocol',
  examples: ['80,443', '23/tcp,53/udp'],
});

const entry = {
  device: line(ENTRY_CAPS.device).optional().meta({ description: 'hardware address, address or name of the device' }),
  name: line(ENTRY_CAPS.name).optional().meta({ description: 'what the device is called, for people' }),
  group: line(ENTRY_CAPS.group).optional().meta({ description: 'of a policy: the group it is about' }),
  everywhere: z.literal(true).optional().meta({ description: 'of a policy: it is about every device' }),
  port: place.optional().meta({ description: 'the service that may be there; left out: that the device may be here' }),
  service: line(ENTRY_CAPS.service)
    .optional()
    .meta({ description: 'what nmap calls the service', examples: ['ssh'] }),
  serves: line(ENTRY_CAPS.serves)
    .optional()
    .meta({ description: 'just this may serve', examples: ['OpenSSH 9.2p1'] }),
  product: line(ENTRY_CAPS.product).optional().meta({ description: 'of this product the versions of `version`, or any' }),
  version: line(ENTRY_CAPS.version)
    .optional()
    .meta({ examples: ['>=9.2 <10'] }),
  exempt: z.literal(true).optional().meta({ description: 'it holds also where a policy says nowhere' }),
  only: portsText.optional().meta({ description: 'policy: nothing else may be open' }),
  nowhere: portsText.optional().meta({ description: 'policy: these may not be open' }),
  allowed: portsText.optional().meta({ description: 'policy: these may be open, whatever serves' }),
  by: who.optional(),
  why: said.optional(),
  until: z.iso.datetime().optional().meta({ description: 'when it expires' }),
};

/** An approval as it stands in files. */
export const approvalEntryJson = z
  .strictObject(entry)
  .meta({ description: 'What a person allows. Left out is what was not said.' }) as unknown as z.ZodType<ApprovalEntry>;

export const approvalJson = z
  .object({
    id: z.int(),
    ...entry,
    at: instantText.meta({ description: 'since when it holds' }),
    until: instantText.optional().meta({ description: 'when it expires' }),
    inForce: z.boolean(),
    deviceId: z
      .int()
      .nullable()
      .meta({ description: 'the device it means; null: a policy, a host nobody knows yet, or a device that was forgotten' }),
    revoked: z.object({ at: instantText, by: z.string().nullable() }).nullable(),
  })
  .meta({
    description: 'An approval, and how it stands.',
    examples: [
      {
        id: 3,
        device: '02:00:5e:00:53:01',
        name: 'nas',
        port: '22/tcp',
        service: 'ssh',
        serves: 'OpenSSH 9.2p1',
        by: 'ada',
        at: '2026-11-21T03:00:00.000Z',
        inForce: true,
        deviceId: 7,
        revoked: null,
      },
    ],
  });

export type ApprovalJson = z.infer<typeof approvalJson>;

const count = z.int().min(0);

export const approvedJson = z
  .object({
    devices: count,
    services: count,
    portOnly: count.meta({ description: 'services approved whatever serves there, since nobody knows what does' }),
    made: count.meta({ description: 'approvals that are new' }),
    already: count.meta({ description: 'what was approved before' }),
    replaced: count.meta({ description: 'older approvals whose place was taken' }),
    away: count.meta({ description: 'devices left out, since they are away' }),
    leftOut: z
      .array(z.object({ device: z.int(), name: z.string().nullable(), port: place, reason: z.string() }))
      .meta({ description: 'services that a policy forbids' }),
  })
  .meta({ description: 'What an approval came to, or would come to.' });

export type ApprovedJson = z.infer<typeof approvedJson>;

const driftItemJson = z.object({
  kind: z.enum([
    'device.unapproved',
    'device.missing',
    'service.unapproved',
    'service.missing',
    'service.changed',
    'service.forbidden',
    'unknown',
  ]),
  device: z.object({
    id: z.int().nullable(),
    name: z.string().nullable(),
    addresses: z.array(z.string()),
    macs: z.array(z.string()),
  }),
  port: z.object({ protocol: protocolText, port: z.int().min(0).max(65_535) }).nullable(),
  service: z.string().meta({ description: 'what nmap calls it' }),
  found: z.string().nullable().meta({ description: 'what is there' }),
  approved: z.string().nullable().meta({ description: 'what was approved' }),
  reason: z.string(),
  approval: z.int().nullable().meta({ description: 'the approval or policy it concerns' }),
});

export type DriftItemJson = z.infer<typeof driftItemJson>;

export const driftJson = z
  .object({
    subject: z.string().meta({ description: 'what was judged' }),
    at: instantText,
    begun: z.boolean().meta({ description: 'false: no device was approved there by then, and only policies were judged' }),
    devices: count,
    asApproved: count.meta({ description: 'devices that are just as approved' }),
    items: z.array(driftItemJson).meta({ description: 'drift: there is some when this is not empty' }),
    unknown: z.array(driftItemJson).meta({ description: 'what cannot be said' }),
  })
  .meta({ description: 'What differs from what was approved, both ways.' });

export type DriftJson = z.infer<typeof driftJson>;

export const importedJson = z.object({
  made: count,
  already: count,
  replaced: count,
  expired: count.meta({ description: 'entries left out, since they had expired' }),
  unseen: count.meta({ description: 'entries about hosts that nobody knows yet' }),
});

export type ImportedJson = z.infer<typeof importedJson>;

const target = z.string().min(1).max(255);
const until = z
  .string()
  .min(1)
  .max(64)
  .optional()
  .meta({ description: 'when it expires: ISO 8601, or a length from now on', examples: ['90d'] });
const dryRun = z.boolean().default(false).meta({ description: 'say what it would come to, and change nothing' });
const gently = z
  .boolean()
  .default(false)
  .meta({ description: 'what fits an approval in force stays as it is: for lists that cannot say why, or until when' });
const services = z.array(place).min(1).max(100).optional();
const tags = ['approvals'];

export const approvals = {
  list: operation
    .meta({ scope: 'read', audited: false })
    .route({ method: 'GET', path: '/approvals', summary: 'What is approved', description: 'In the order it was said.', tags })
    .input(
      z
        .strictObject({ at: momentText.optional(), over: z.enum(['yes', 'no']).default('no').meta({ description: 'also what is over' }) })
        .prefault({}),
    )
    .output(z.array(approvalJson)),
  approve: operation
    .meta({ scope: 'edit', audited: true })
    .route({
      method: 'POST',
      path: '/approvals',
      summary: 'Approve devices and services',
      description: 'Of devices named, or of those that fit a filter. Without services: the devices, and all that is open on them now.',
      tags,
    })
    .input(
      z.strictObject({
        devices: severalDevices.optional().meta({ description: 'also addresses and hardware addresses that nobody knows yet' }),
        filter: filterText.optional(),
        services,
        version: z
          .string()
          .min(1)
          .max(200)
          .default('exact')
          .meta({ description: 'exact: as it is now; any: of the product; port: whatever serves; or a range', examples: ['>=9.2 <10'] }),
        until,
        why: said.optional(),
        by: who.optional(),
        dryRun,
      }),
    )
    .output(approvedJson),
  revoke: operation
    .meta({ scope: 'edit', audited: true })
    .route({ method: 'POST', path: '/approvals/revoke', summary: 'Approve no longer', description: 'Answers with what ended.', tags })
    .input(
      z.strictObject({
        ids: z.array(z.int().min(1)).min(1).max(1000).optional(),
        devices: severalDevices.optional(),
        services: services.meta({ description: 'of the devices only these; left out: all' }),
        by: who.optional(),
      }),
    )
    .output(z.array(approvalJson)),
  policy: operation
    .meta({ scope: 'edit', audited: true })
    .route({
      method: 'POST',
      path: '/approvals/policy',
      summary: 'Say what a group may serve',
      description: '"only" takes the place of another "only" of the same group.',
      tags,
    })
    .input(
      z.strictObject({
        group: z.string().min(1).max(255).optional().meta({ description: 'left out: everywhere' }),
        rule: z.enum(['only', 'nowhere', 'allowed']),
        ports: portsText,
        until,
        why: said.optional(),
        by: who.optional(),
      }),
    )
    .output(approvalJson),
  drift: operation
    .meta({ scope: 'read', audited: false })
    .route({
      method: 'GET',
      path: '/drift',
      summary: 'What differs from what was approved',
      description: 'Now, or at a past moment by what was in force then. What nobody asked is unknown, never drift.',
      tags,
    })
    .input(z.strictObject({ target: target.optional(), at: momentText.optional(), filter: filterText.optional() }).prefault({}))
    .output(driftJson),
  export: operation
    .meta({ scope: 'read', audited: false })
    .route({
      method: 'GET',
      path: '/approvals/export',
      summary: 'What is in force, for a file',
      description: 'Always in the same order.',
      tags,
    })
    .output(z.array(approvalEntryJson)),
  import: operation
    .meta({ scope: 'edit', audited: true })
    .route({
      method: 'POST',
      path: '/approvals/import',
      summary: 'Take in what a file approves',
      description: 'What is approved so already stays; an entry about the same port of the same device takes the place of the old one.',
      tags,
    })
    .input(z.strictObject({ entries: z.array(approvalEntryJson).min(1).max(100_000), gently, dryRun }))
    .output(importedJson),
};
