import * as z from 'zod';
import { byText, entryReference, kindPatterns, whyText } from './alert-words.ts';
import { changeKindText } from './change.ts';
import { operation } from './fault.ts';
import { filterText, instantText, numberText } from './text.ts';

const kindOfMute = z
  .enum(['mute', 'maintenance'])
  .meta({ description: 'mute: not told at all; maintenance: told as a digest when it is over' });

export const muteJson = z
  .object({
    id: z.int(),
    kind: kindOfMute,
    rule: z.string().nullable(),
    kinds: z.array(changeKindText),
    where: z.string().nullable(),
    from: instantText,
    until: instantText.nullable().meta({ description: 'null: until a person ends it' }),
    why: z.string().nullable(),
    by: z.string().nullable(),
    madeAt: instantText,
    endedAt: instantText.nullable().meta({ description: 'when a person ended it' }),
  })
  .meta({ description: 'What is kept silent for a while. All that is said must fit; what is not said is no matter.' });

export type MuteJson = z.infer<typeof muteJson>;

/** A moment to come. */
const ahead = z
  .string()
  .min(1, 'it is empty')
  .max(64)
  .meta({ description: 'ISO 8601, or a length from now on', examples: ['2h', '2026-11-21T06:00:00Z'] });

const tags = ['mutes'];

export const mutes = {
  list: operation
    .meta({ scope: 'read', audited: false })
    .route({ method: 'GET', path: '/mutes', summary: 'What is kept silent', tags })
    .input(z.strictObject({ over: z.enum(['yes', 'no']).default('no').meta({ description: 'also those that are over' }) }).prefault({}))
    .output(z.array(muteJson)),
  add: operation
    .meta({ scope: 'ack', audited: true })
    .route({
      method: 'POST',
      path: '/mutes',
      summary: 'Keep something silent for a while',
      description: 'Maintenance needs its end, and so does a mute of everything.',
      tags,
    })
    .input(
      z.strictObject({
        kind: kindOfMute.default('mute'),
        rule: entryReference.optional(),
        kinds: kindPatterns.optional(),
        where: filterText.optional(),
        from: ahead.optional().meta({ description: 'left out: from now on' }),
        until: ahead.optional(),
        why: whyText.optional(),
        by: byText.optional(),
      }),
    )
    .output(muteJson),
  end: operation
    .meta({ scope: 'ack', audited: true })
    .route({ method: 'DELETE', path: '/mutes/{id}', summary: 'End a mute', tags })
    .input(z.strictObject({ id: numberText }))
    .output(muteJson),
};
