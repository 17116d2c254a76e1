import * as z from 'zod';
import { operation } from './fault.ts';
import { filterText, momentText } from './text.ts';

const place = z.int().min(0);

export const matchJson = z
  .object({
    seq: place.meta({ description: 'number of the newest change of the roll that was judged' }),
    count: place,
    ids: z.array(z.int()),
  })
  .meta({ description: 'Which devices a filter means.', examples: [{ seq: 12, count: 2, ids: [3, 7] }] });

export type MatchJson = z.infer<typeof matchJson>;

export const completionJson = z
  .object({
    from: place.meta({ description: 'what is between from and to, in UTF-16 units, makes way for what is chosen' }),
    to: place,
    choices: z
      .array(
        z.object({
          insert: z.string(),
          label: z.string().meta({ description: 'the same as it is shown; may hold text from the network' }),
          about: z.string().meta({ description: 'a line for people' }),
          count: z.int().min(0).nullable().meta({ description: 'devices that have it now; null: it is a key' }),
        }),
      )
      .meta({ description: 'what most devices have first; at most 50' }),
    fault: z
      .object({ from: place, to: place, reason: z.string(), remedy: z.string() })
      .nullable()
      .meta({ description: 'the first word that cannot be read, and why; null: all of it can' }),
  })
  .meta({
    description: 'How a filter that somebody is typing may go on.',
    examples: [
      { from: 0, to: 2, choices: [{ insert: 'group:', label: 'group:', about: 'in this group', count: null }], fault: null },
      {
        from: 6,
        to: 8,
        choices: [{ insert: '"living room"', label: 'living room', about: '4 devices', count: 4 }],
        fault: { from: 0, to: 8, reason: 'a value is missing', remedy: 'write it like group:iot' },
      },
    ],
  });

export type CompletionJson = z.infer<typeof completionJson>;

const tags = ['devices'];

export const filtering = {
  match: operation
    .meta({ scope: 'read', audited: false })
    .route({
      method: 'GET',
      path: '/filter/match',
      summary: 'Which devices a filter means',
      description: 'Their numbers only, for whoever holds the roll already. What cannot be read is refused with its column.',
      tags,
    })
    .input(z.strictObject({ filter: filterText, at: momentText.optional() }))
    .output(matchJson),
  complete: operation
    .meta({ scope: 'read', audited: false })
    .route({
      method: 'GET',
      path: '/filter/complete',
      summary: 'How a filter may go on',
      description: 'Keys and values that are known now, at the place of the cursor.',
      tags,
    })
    .input(
      z.strictObject({
        text: z.string().max(1000).default(''),
        cursor: z.coerce.number<number>().int().min(0).max(1000).optional().meta({ description: 'in UTF-16 units; left out: at the end' }),
      }),
    )
    .output(completionJson),
};
