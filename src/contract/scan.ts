import { eventIterator } from '@orpc/contract';
import * as z from 'zod';
import { EXPORT_FORMATS, MOST_TARGETS, PLAN_NAMES, SCRIPT_CHOICES } from '../core/index.ts';
import { operation } from './fault.ts';
import { followItem } from './result.ts';
import { runJson, scanJson } from './scan-json.ts';
import { limitText, numberText } from './text.ts';

export * from './scan-json.ts';

export const planText = z.enum(PLAN_NAMES);

/** Judged right before the first packet: a scan from elsewhere fails with the cause wrong-vantage or vantage-unproven, and sends nothing. */
export const guardInput = z
  .strictObject({
    gateway: z
      .string()
      .max(64)
      .optional()
      .meta({ description: 'hardware address from which a gateway must answer', examples: ['02:00:5e:00:53:01'] }),
    network: z
      .string()
      .max(64)
      .optional()
      .meta({ description: 'network this machine must have an address in', examples: ['192.168.1.0/24'] }),
    public: z
      .string()
      .max(64)
      .optional()
      .meta({
        description: 'address the world must see this machine at; asked of [guard] ask in rollcall.toml',
        examples: ['203.0.113.7'],
      }),
  })
  .meta({ description: 'Where this machine must stand. Joins what rollcall.toml asks; where both say something, this counts.' });

export type GuardInput = z.infer<typeof guardInput>;

const byId = z.strictObject({ id: numberText });
const tags = ['scans'];

export const scans = {
  list: operation
    .meta({ scope: 'read', audited: false })
    .route({ method: 'GET', path: '/scans', summary: 'Scans, newest first', tags })
    .input(
      z
        .strictObject({
          target: numberText.optional().meta({ description: 'id of a target' }),
          before: numberText.optional().meta({ description: 'only scans with a lower id' }),
          limit: limitText(100),
        })
        .prefault({}),
    )
    .output(z.array(scanJson)),
  get: operation
    .meta({ scope: 'read', audited: false })
    .route({ method: 'GET', path: '/scans/{id}', summary: 'One scan and the run it belongs to', tags })
    .input(byId)
    .output(z.object({ scan: scanJson, run: runJson.nullable() })),
  start: operation
    .meta({ scope: 'scan', audited: true })
    .route({
      method: 'POST',
      path: '/scans',
      summary: 'Scan now',
      description: 'Begins a scan by hand and answers at once; follow it, or ask for it by id.',
      tags,
    })
    .input(
      z.strictObject({
        targets: z
          .array(z.string().max(255))
          .min(1)
          .max(MOST_TARGETS)
          .meta({ examples: [['192.168.1.0/24', '10.0.0.5']] }),
        plan: planText.default('ports'),
        ports: z.string().max(1024).optional().meta({ description: '"22,80-90", "top 100" or "all"; takes the place of the plan\'s own' }),
        scripts: z.enum(SCRIPT_CHOICES).optional().meta({ description: 'which scripts ask open ports; only for plans that ask versions' }),
        iface: z.string().max(64).optional(),
        guard: guardInput.optional(),
        now: z.boolean().default(false).meta({ description: 'also in quiet hours, which otherwise refuse it' }),
      }),
    )
    .output(z.object({ scan: scanJson })),
  follow: operation
    .meta({ scope: 'read', audited: false })
    .route({
      method: 'GET',
      path: '/scans/{id}/live',
      summary: 'Follow a scan begun by hand',
      description: 'Server-sent events: progress and hosts as they are found, then one result, then the end.',
      tags,
    })
    .input(byId)
    .output(eventIterator(followItem)),
  cancel: operation
    .meta({ scope: 'scan', audited: true })
    .route({
      method: 'POST',
      path: '/scans/{id}/cancel',
      summary: 'Stop a running scan',
      description: 'What it saw until then is kept.',
      tags,
    })
    .input(byId)
    .output(z.object({ scan: scanJson })),
  raw: operation
    .meta({ scope: 'read', audited: false })
    .route({
      method: 'GET',
      path: '/scans/{id}/raw',
      summary: "The tool's own output",
      description: 'As long as retention keeps it.',
      tags,
    })
    .input(byId)
    .output(z.file()),
  export: operation
    .meta({ scope: 'read', audited: false })
    .route({
      method: 'GET',
      path: '/scans/{id}/export',
      summary: 'A scan in the form of another program',
      description:
        "xml: nmap's own, one document however many runs of nmap it took, as long as retention keeps it. json, csv, and nmap's grepable " +
        'and normal text: what it saw, host by host; where its output is not kept, what was believed when it ended.',
      tags,
    })
    .input(z.strictObject({ id: numberText, as: z.enum(EXPORT_FORMATS) }))
    .output(z.file()),
};
