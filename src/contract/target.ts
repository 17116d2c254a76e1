import * as z from 'zod';
import { operation } from './fault.ts';
import { planText, scanJson } from './scan.ts';
import { durationText, instantText, referenceText } from './text.ts';

const cadence = {
  plan: planText,
  every: durationText.nullable().meta({ description: 'so often; null when it goes by the clock' }),
  at: z
    .string()
    .nullable()
    .meta({ description: 'cron line', examples: ['0 3 * * *'] }),
  zone: z.string().nullable().meta({ description: 'time zone of the cron line; null is that of this machine' }),
};

export const scheduleJson = z.object(cadence).meta({ description: 'When a plan runs.' });

export type ScheduleJson = z.infer<typeof scheduleJson>;

export const targetJson = z
  .object({
    id: z.int(),
    site: z.string(),
    target: z.string().meta({ description: 'address, block, range or host name', examples: ['192.168.1.0/24'] }),
    schedule: z.array(scheduleJson),
    window: durationText.nullable(),
    iface: z.string().nullable(),
    source: z.enum(['self', 'user', 'config']).meta({ description: 'config: declared in rollcall.toml and read-only here' }),
    createdAt: instantText,
  })
  .meta({ description: 'What the user asked to watch.' });

export type TargetJson = z.infer<typeof targetJson>;

const estimateJson = z.object({ packets: z.int(), seconds: z.int() });

export const costJson = z
  .object({
    plan: planText,
    addresses: z.int().meta({ description: 'asked who is there' }),
    present: z.int().meta({ description: 'devices present there now, who are asked for more' }),
    likely: estimateJson,
    worst: estimateJson.meta({ description: 'every port asked keeps silent' }),
  })
  .meta({ description: 'What a plan will cost as things are now.' });

export type CostJson = z.infer<typeof costJson>;

export const planStatusJson = z
  .object({
    ...cadence,
    nextAt: instantText.nullable(),
    ahead: z.array(instantText).optional().meta({ description: 'the next times it is due, if nothing puts it off' }),
    lastScan: scanJson.nullable(),
    running: z.int().nullable().meta({ description: 'id of the scan under way' }),
    forecast: costJson,
    measured: z
      .object({
        seconds: z.number(),
        packets: z.int().nullable().meta({ description: 'all that left by its interface meanwhile; null: not counted by this process' }),
      })
      .nullable()
      .meta({ description: 'what its newest scan cost' }),
    putOff: z
      .object({ until: instantText, because: z.string().meta({ examples: ['quiet hours ("Mon-Fri 08:00-18:00")'] }) })
      .nullable()
      .meta({ description: 'why it was not begun when it was due, and when it will be' }),
    skipped: z.int().meta({ description: 'due times that passed while one scan ran and another waited' }),
  })
  .meta({ description: 'How one plan of a target stands.' });

export const targetStatusJson = z
  .object({
    target: targetJson,
    plans: z.array(planStatusJson),
    blind: z.boolean().meta({ description: 'the newest scan could not see: presence is frozen until one can' }),
  })
  .meta({ description: 'A target and how it stands.' });

export type TargetStatusJson = z.infer<typeof targetStatusJson>;

export const scheduleInput = z.strictObject({
  plan: planText,
  every: durationText.optional().meta({ description: 'so often; either this or at', examples: ['5m'] }),
  at: z
    .string()
    .max(128)
    .optional()
    .meta({ description: 'cron line, local time', examples: ['0 3 * * *'] }),
  zone: z
    .string()
    .max(64)
    .optional()
    .meta({ examples: ['Europe/Berlin'] }),
});

export type ScheduleInput = z.infer<typeof scheduleInput>;

const tags = ['targets'];

export const targets = {
  forecast: operation
    .meta({ scope: 'read', audited: false })
    .route({
      method: 'POST',
      path: '/targets/forecast',
      summary: 'What plans would cost',
      description: 'Nothing is scanned and nothing is kept: packets and seconds as things are now, likely and at worst.',
      tags,
    })
    .input(
      z.strictObject({
        targets: z.array(z.string().max(255)).min(1).max(256),
        plans: z.array(planText).min(1).max(16),
        ports: z.string().max(1024).optional(),
      }),
    )
    .output(z.array(costJson)),
  list: operation
    .meta({ scope: 'read', audited: false })
    .route({ method: 'GET', path: '/targets', summary: 'What is watched, and how it stands', tags })
    .output(z.array(targetStatusJson)),
  add: operation
    .meta({ scope: 'admin', audited: true })
    .route({
      method: 'POST',
      path: '/targets',
      summary: 'Watch a target',
      description: 'An empty schedule sweeps at the usual cadence and asks ports nightly.',
      tags,
    })
    .input(
      z.strictObject({
        target: z.string().max(255),
        schedule: z.array(scheduleInput).max(16).default([]),
        window: durationText.optional(),
        iface: z.string().max(64).optional(),
      }),
    )
    .output(targetJson),
  remove: operation
    .meta({ scope: 'admin', audited: true })
    .route({ method: 'DELETE', path: '/targets/{+reference}', summary: 'Watch it no longer', description: 'What was seen stays.', tags })
    .input(z.strictObject({ reference: referenceText.meta({ description: "id, or the target's text" }) }))
    .output(targetJson),
};
