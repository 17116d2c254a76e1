import * as z from 'zod';
import { changeJson } from './change.ts';
import { deviceJson, partJson } from './device.ts';
import { operation } from './fault.ts';
import { scanJson } from './scan-json.ts';
import { instantText, numberText, referenceText } from './text.ts';
import { verdictJson } from './verdict.ts';

export const whyStepJson = z
  .object({
    kind: z.enum(['scan', 'lines', 'identity', 'belief', 'coverage', 'tolerance', 'rule', 'lost']),
    text: z.string().meta({ description: 'a sentence for people; may hold text from the network' }),
    at: instantText.nullable(),
    until: instantText.nullable().meta({ description: 'when it ended; null while it holds' }),
    lastSeen: instantText.nullable(),
    scan: scanJson
      .pick({ id: true, plan: true, subject: true, outcome: true, coverage: true })
      .nullable()
      .meta({ description: 'the scan it rests on, as long as it is kept' }),
    commands: z.array(z.string()).meta({ description: 'of kind scan: the exact commands, quoted for a shell' }),
    lines: z.array(z.string()).meta({ description: "of kind lines: the tool's own words about the device" }),
  })
  .meta({
    description: 'One step of an evidence trail. Kind lost says plainly what is not known any more.',
    examples: [
      {
        kind: 'scan',
        text: 'sweep of 192.168.1.0/24 ended complete: 3 up of 256 asked',
        at: '2026-11-21T03:00:02.500Z',
        until: null,
        lastSeen: null,
        scan: { id: 31, plan: 'sweep', subject: '192.168.1.0/24', outcome: 'complete', coverage: null },
        commands: ['nmap -sn -- 192.168.1.0/24'],
        lines: [],
      },
    ],
  });

export type WhyStepJson = z.infer<typeof whyStepJson>;

export const whyChangeJson = z.object({
  change: changeJson,
  steps: z.array(whyStepJson),
  beside: z
    .array(changeJson)
    .meta({ description: 'other changes of the same device, or of the one that brought a person, by the same scan' }),
  verdict: verdictJson.nullable().meta({ description: 'who was told of it, or why nobody was; null: it is not judged yet' }),
});

export type WhyChangeJson = z.infer<typeof whyChangeJson>;

export const whyDeviceJson = z.object({ device: deviceJson, part: partJson, steps: z.array(whyStepJson) });

export type WhyDeviceJson = z.infer<typeof whyDeviceJson>;

export const why = {
  change: operation
    .meta({ scope: 'read', audited: false })
    .route({
      method: 'GET',
      path: '/why/changes/{seq}',
      summary: 'Why a change was told',
      description: 'Which scan made it, what its tool wrote, why the host was taken for this device, and what is not known any more.',
      tags: ['changes'],
    })
    .input(z.strictObject({ seq: numberText }))
    .output(whyChangeJson),
  device: operation
    .meta({ scope: 'read', audited: false })
    .route({
      method: 'GET',
      path: '/why/devices/{reference}',
      summary: 'Why a device is believed to be what it is',
      description: 'Each thing that is believed of it, since when, and by which scan.',
      tags: ['devices'],
    })
    .input(
      z.strictObject({
        reference: referenceText.meta({ description: 'id, alias, name, MAC or address' }),
        all: z.stringbool().or(z.boolean()).default(false).meta({ description: 'also what was believed once' }),
      }),
    )
    .output(whyDeviceJson),
};
