import * as z from 'zod';
import { NOTIFICATION_KINDS, type NotificationState } from '../core/index.ts';
import { entryReference, severalNumbers, urgencyText } from './alert-words.ts';
import { changeKindText } from './change.ts';
import { presenceText } from './device.ts';
import { operation } from './fault.ts';
import { protocolText } from './port.ts';
import { instantText, limitText, numberText } from './text.ts';

const side = z.record(z.string(), z.unknown()).nullable();

const tellDeviceJson = z.object({
  id: z.int(),
  name: z.string().nullable(),
  address: z.string().nullable(),
  mac: z.string().nullable(),
  vendor: z.string().nullable(),
  type: z.string().nullable(),
  owner: z.string().nullable(),
  groups: z.array(z.string()),
  tags: z.array(z.string()),
  presence: presenceText,
  ports: z.array(z.object({ protocol: protocolText, port: z.int() })),
});

export const tellLineJson = z
  .object({
    seq: z.int().meta({ description: 'number of the change' }),
    at: instantText,
    kind: changeKindText,
    text: z.string().meta({ description: 'one line for people; may hold text from the network' }),
    device: tellDeviceJson.nullable(),
    place: z.string().nullable().meta({ description: 'what a change without a device is about' }),
    before: side,
    after: side,
  })
  .meta({ description: 'One change as it is told.' });

export type TellLineJson = z.infer<typeof tellLineJson>;

const STATES = ['waiting', 'delivered', 'dead', 'folded'] as const satisfies readonly NotificationState[];

export const notificationStateText = z
  .enum(STATES)
  .meta({ description: 'waiting: to be sent, now or later; dead: given up; folded: another one tells it' });

export const notificationJson = z
  .object({
    id: z.int().meta({ description: 'order of the outbox' }),
    key: z.string().meta({ description: 'stays the same however often it is sent' }),
    channel: z.string(),
    kind: z.enum(NOTIFICATION_KINDS),
    rule: z.string().nullable(),
    incident: z.int().nullable(),
    urgency: urgencyText,
    title: z.string().meta({ description: 'may hold text from the network' }),
    lines: z.array(tellLineJson),
    more: z.int().min(0).meta({ description: 'changes beyond the lines' }),
    madeAt: instantText,
    dueAt: instantText.meta({ description: 'not before' }),
    because: z.string().nullable().meta({ description: 'why it waits or is dead, for people' }),
    state: notificationStateText,
    attempts: z.int().min(0),
    endedAt: instantText.nullable(),
    receipt: z.string().nullable().meta({ description: 'what the channel said' }),
    instead: z.int().nullable().meta({ description: 'the notification whose message it takes the place of, or that tells it instead' }),
  })
  .meta({ description: 'What one channel is told once: a row of the outbox.' });

export type NotificationJson = z.infer<typeof notificationJson>;

const tags = ['notifications'];

export const notifications = {
  list: operation
    .meta({ scope: 'read', audited: false })
    .route({
      method: 'GET',
      path: '/notifications',
      summary: 'The outbox',
      description: 'Newest first; read on with `before` of the last one. Without states: all.',
      tags,
    })
    .input(
      z
        .strictObject({
          state: z
            .union([z.array(notificationStateText), notificationStateText])
            .optional()
            .meta({ description: 'only these; repeat it for several' }),
          channel: entryReference.optional(),
          incident: numberText.optional(),
          before: numberText.optional().meta({ description: 'only ids below this' }),
          limit: limitText(100, 1000),
        })
        .prefault({}),
    )
    .output(z.array(notificationJson)),
  resend: operation
    .meta({ scope: 'ack', audited: true })
    .route({
      method: 'POST',
      path: '/notifications/resend',
      summary: 'Send dead notifications anew',
      description: 'Those named, or with `dead` all that are dead (of a channel). Answers with them as they wait now.',
      tags,
    })
    .input(
      z.strictObject({
        ids: severalNumbers.optional(),
        dead: z.literal(true).optional().meta({ description: 'in place of ids: the newest 1,000 that are dead' }),
        channel: entryReference.optional().meta({ description: 'with dead: only of this channel' }),
      }),
    )
    .output(z.array(notificationJson)),
};
