import * as z from 'zod';
import type { Json } from '../core/index.ts';
import { entryName, entryReference, weekStretches } from './alert-words.ts';
import { operation } from './fault.ts';
import { durationText, instantText } from './text.ts';

export const channelKindJson = z
  .object({
    kind: z.string(),
    what: z.string(),
    edits: z.boolean().meta({ description: 'a message that was delivered can be replaced by a later one' }),
    secrets: z.array(z.string()).meta({ description: 'options that are never shown' }),
    options: z.array(z.object({ key: z.string(), what: z.string(), needed: z.boolean() })),
  })
  .meta({ description: 'A kind of channel, and its options.' });

export type ChannelKindJson = z.infer<typeof channelKindJson>;

const setup = {
  name: z.string(),
  kind: z.string(),
  options: z.record(z.string(), z.unknown()).meta({ description: 'of its kind; secret ones are ***' }),
  usual: z.boolean().meta({ description: 'the usual rules tell it' }),
  quiet: z.array(z.string()).nullable().meta({ description: 'its own quiet stretches of the week; null: those of all alerts' }),
  ceiling: z.int().min(0).meta({ description: 'notifications of one cause in ten minutes; 0: however many' }),
  ttl: durationText.meta({ description: 'what could not be delivered after this long is given up' }),
  fallback: z.string().nullable().meta({ description: 'channel that is told what this one could not deliver' }),
  source: z.enum(['config', 'user']).meta({ description: 'config: read-only here' }),
};

export const channelSetupJson = z.object(setup).meta({ description: 'A way to somebody, as it is set up.' });

export type ChannelSetupJson = z.infer<typeof channelSetupJson>;

export const channelJson = z
  .object({
    ...setup,
    what: z.string().nullable().meta({ description: 'for people; null when it cannot be opened' }),
    trouble: z.string().nullable().meta({ description: 'what keeps it from delivering now' }),
    waiting: z.int().min(0),
    dead: z.int().min(0),
    deliveredAt: instantText.nullable(),
    againAt: instantText.nullable().meta({ description: 'when it is tried again' }),
  })
  .meta({ description: 'A way to somebody, and how it does.' });

export type ChannelJson = z.infer<typeof channelJson>;

export const channelTestJson = z
  .object({
    delivery: z.discriminatedUnion('outcome', [
      z.object({ outcome: z.literal('delivered'), receipt: z.string() }),
      z.object({
        outcome: z.literal('refused'),
        reason: z.string(),
        remedy: z.string(),
        what: z.enum(['message', 'channel']),
        again: z.boolean().meta({ description: 'sending the same again may succeed' }),
        after: durationText.nullable().meta({ description: 'not before this long' }),
      }),
    ]),
    exchange: z
      .array(z.object({ from: z.enum(['us', 'them']), text: z.string() }))
      .meta({ description: 'what was said, word by word; secrets are ***' }),
  })
  .meta({ description: 'What became of a test message.' });

export type ChannelTestJson = z.infer<typeof channelTestJson>;

/** Options of one channel, members of one value, and how deep they may stand in each other. */
const MOST = 100;
const DEEPEST = 8;
/** Characters of one text: a certificate, or a long template. */
const LONGEST = 65_536;

function isModest(value: unknown, deep = 0): boolean {
  if (typeof value === 'string') return value.length <= LONGEST;
  if (typeof value !== 'object' || value === null) return true;
  const members = Object.values(value);
  return deep < DEEPEST && members.length <= MOST && members.every((member) => isModest(member, deep + 1));
}

const option = z.unknown().refine((value) => isModest(value), 'it is too large, or too deep') as unknown as z.ZodType<Json>;

/** Options are judged by the kind of channel; here they are only kept in bounds. */
const options = z
  .record(z.string().regex(/^[A-Za-z][\w-]{0,63}$/, 'it is no name of an option'), option)
  .refine((given) => Object.keys(given).length <= MOST, `there are more than ${MOST} options`)
  .meta({ description: 'of its kind, see /channels/kinds; a secret given as *** stays as it was' });

const terms = {
  usual: z.boolean().optional(),
  quiet: weekStretches.nullable().optional(),
  ceiling: z.int().min(0).max(10_000).optional(),
  ttl: durationText.optional(),
  fallback: entryName.nullable().optional(),
};

const tags = ['channels'];
const meant = z.strictObject({ name: entryReference });

export const channels = {
  kinds: operation
    .meta({ scope: 'read', audited: false })
    .route({ method: 'GET', path: '/channels/kinds', summary: 'Every kind of channel, with its options', tags })
    .output(z.array(channelKindJson)),
  list: operation
    .meta({ scope: 'read', audited: false })
    .route({ method: 'GET', path: '/channels', summary: 'All channels, and how they do', tags })
    .output(z.array(channelJson)),
  put: operation
    .meta({ scope: 'admin', audited: true })
    .route({
      method: 'POST',
      path: '/channels',
      summary: 'Set up a channel',
      description: 'New, or in place of the one of that name. One that can never work is refused. Secrets are taken, and never given back.',
      tags,
    })
    .input(z.strictObject({ name: entryName, kind: z.string().min(1, 'it is empty').max(40), options, ...terms }))
    .output(channelJson),
  edit: operation
    .meta({ scope: 'admin', audited: true })
    .route({
      method: 'PATCH',
      path: '/channels/{name}',
      summary: 'Set up a channel otherwise',
      description: 'Fields and options left out stay as they are; an option that is null is taken away.',
      tags,
    })
    .input(z.strictObject({ name: entryReference, options: options.optional(), ...terms }))
    .output(channelJson),
  drop: operation
    .meta({ scope: 'admin', audited: true })
    .route({
      method: 'DELETE',
      path: '/channels/{name}',
      summary: 'Drop a channel',
      description: 'Refused while a rule names it. Answers with what it was.',
      tags,
    })
    .input(meant)
    .output(channelSetupJson),
  test: operation
    .meta({ scope: 'admin', audited: true })
    .route({
      method: 'POST',
      path: '/channels/{name}/test',
      summary: 'Send one message, now',
      description: 'Past every rule. Answers with the exact exchange; secrets are stars.',
      tags,
    })
    .input(meant)
    .output(channelTestJson),
};
