import * as z from 'zod';
import { operation } from './fault.ts';
import { protocolText } from './port.ts';
import { guardInput } from './scan.ts';
import { scanJson } from './scan-json.ts';

const portNumber = z.int().min(0).max(65_535);

export const followUpLotJson = z
  .object({
    addresses: z.array(z.string()),
    ports: z.partialRecord(protocolText, z.string()).meta({ examples: [{ tcp: '22,80' }] }),
  })
  .meta({ description: 'One run of the tool: every port of it is asked of every address of it.' });

export const followUpJson = z
  .object({
    opened: z.int().meta({ description: 'ports that opened and were not asked since' }),
    old: z.int().meta({ description: 'ports whose answer is old' }),
    lots: z.array(followUpLotJson),
    commands: z.array(z.array(z.string())).meta({ description: 'the exact commands, argument by argument, as things are now' }),
    shell: z.array(z.string()).meta({ description: 'the same, each quoted for a shell' }),
    spared: z
      .array(z.object({ device: z.int(), address: z.string(), protocol: protocolText, port: portNumber, reason: z.string() }))
      .meta({ description: 'due, and left alone all the same' }),
  })
  .meta({
    description: 'Which ports of which hosts are due to be asked what they serve. No pair is asked twice, and none that is not due.',
  });

export type FollowUpJson = z.infer<typeof followUpJson>;

const target = z.string().min(1).max(255);
const targets = z.array(target).max(256);
const meaning = { description: 'ids or texts of targets, or any addresses; none: all that is watched' };
const tags = ['scans'];

export const followup = {
  plan: operation
    .meta({ scope: 'read', audited: false })
    .route({ method: 'GET', path: '/followup', summary: 'What is due to be asked what it serves', tags })
    .input(z.strictObject({ target: z.union([targets, target]).optional().meta(meaning) }).prefault({}))
    .output(followUpJson),
  start: operation
    .meta({ scope: 'scan', audited: true })
    .route({
      method: 'POST',
      path: '/followup',
      summary: 'Ask it now',
      description: 'Begins a scan by hand of exactly these pairs; follow it like any other. Without anything due none begins.',
      tags,
    })
    .input(
      z
        .strictObject({
          targets: targets.optional().meta(meaning),
          guard: guardInput.optional(),
          now: z.boolean().default(false).meta({ description: 'also in quiet hours, which otherwise refuse it' }),
        })
        .prefault({}),
    )
    .output(z.object({ scan: scanJson.nullable() })),
};
