import * as z from 'zod';
import { byText, severalNumbers, urgencyText } from './alert-words.ts';
import { operation } from './fault.ts';
import { notificationJson } from './notification.ts';
import { instantText, limitText, numberText } from './text.ts';

export const incidentJson = z
  .object({
    id: z.int(),
    rule: z.string(),
    urgency: urgencyText,
    to: z.array(z.string()).meta({ description: 'channels that were told of it' }),
    title: z.string().meta({ description: 'one line for people; may hold text from the network' }),
    subjects: z
      .array(z.object({ key: z.string(), over: z.boolean() }))
      .meta({ description: 'what it is about, and which of these are over', examples: [[{ key: 'device:7', over: false }]] }),
    firstSeq: z.int(),
    lastSeq: z.int(),
    count: z.int().min(0).meta({ description: 'changes in it' }),
    openedAt: instantText,
    changedAt: instantText,
    closedAt: instantText.nullable().meta({ description: 'null while it is open' }),
    closedBy: z.enum(['over', 'acknowledged', 'calm']).nullable(),
    acknowledged: z.object({ at: instantText, by: z.string().nullable() }).nullable(),
    remindAt: instantText.nullable(),
    escalateAt: instantText.nullable(),
  })
  .meta({ description: 'Changes with one cause, from the first until it is over.' });

export type IncidentJson = z.infer<typeof incidentJson>;

export const incidentToldJson = z.object({
  incident: incidentJson,
  notifications: z.array(notificationJson).meta({ description: 'what was told of it, oldest first; the newest 1,000' }),
});

export type IncidentToldJson = z.infer<typeof incidentToldJson>;

const tags = ['incidents'];

export const incidents = {
  list: operation
    .meta({ scope: 'read', audited: false })
    .route({
      method: 'GET',
      path: '/incidents',
      summary: 'What is going on',
      description: 'Newest first; read on with `before` of the last one.',
      tags,
    })
    .input(
      z
        .strictObject({
          over: z.enum(['yes', 'no']).default('no').meta({ description: 'also those that are over' }),
          before: numberText.optional().meta({ description: 'only ids below this' }),
          limit: limitText(100, 1000),
        })
        .prefault({}),
    )
    .output(z.array(incidentJson)),
  show: operation
    .meta({ scope: 'read', audited: false })
    .route({ method: 'GET', path: '/incidents/{id}', summary: 'One incident, and what was told of it', tags })
    .input(z.strictObject({ id: numberText }))
    .output(incidentToldJson),
  acknowledge: operation
    .meta({ scope: 'ack', audited: true })
    .route({
      method: 'POST',
      path: '/incidents/acknowledge',
      summary: 'Take note of incidents',
      description: 'Ends reminders and escalations. Those that were acknowledged before stay as they were.',
      tags,
    })
    .input(z.strictObject({ ids: z.union([severalNumbers, z.literal('open')]), by: byText.optional() }))
    .output(z.array(incidentJson)),
};
