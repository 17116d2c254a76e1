import * as z from 'zod';
import { SAVED_PAGES } from '../core/index.ts';
import { operation } from './fault.ts';
import { instantText, numberText } from './text.ts';

const pageText = z.enum(SAVED_PAGES);
const column = z.string().min(1).max(64);

const arrangement = {
  name: z
    .string()
    .min(1)
    .max(256)
    .meta({ description: 'at most 64 characters', examples: ['phones nobody owns'] }),
  page: pageText,
  filter: z
    .string()
    .max(1000)
    .default('')
    .meta({ description: 'in the language of filters; empty: everything', examples: ['type:phone'] }),
  columns: z.array(column).max(64).default([]).meta({ description: 'in order; empty: the usual ones' }),
  sort: z
    .strictObject({ by: column, descending: z.boolean().default(false) })
    .nullable()
    .default(null),
  forAll: z.boolean().default(false).meta({ description: 'all users see it; else only who saved it' }),
};

export const savedViewJson = z
  .object({
    id: z.int(),
    name: z.string(),
    page: pageText,
    filter: z.string(),
    columns: z.array(z.string()),
    sort: z.object({ by: z.string(), descending: z.boolean() }).nullable(),
    forAll: z.boolean(),
    mine: z.boolean().meta({ description: 'whoever asks has saved it' }),
    savedAt: instantText,
  })
  .meta({ description: 'How somebody arranged a page, kept to look so again.' });

export type SavedViewJson = z.infer<typeof savedViewJson>;

const tags = ['views'];

export const views = {
  list: operation
    .meta({ scope: 'read', audited: false })
    .route({ method: 'GET', path: '/views', summary: 'Saved views', description: 'Your own, and what others share.', tags })
    .input(z.strictObject({ page: pageText.optional() }).prefault({}))
    .output(z.array(savedViewJson)),
  // sharing one needs edit, which the keeper judges
  save: operation
    .meta({ scope: 'read', audited: true })
    .route({
      method: 'POST',
      path: '/views',
      summary: 'Keep how a page is arranged',
      description: 'In place of your own one of that page and name. At most 100 for each user. Sharing needs the scope edit.',
      tags,
    })
    .input(z.strictObject(arrangement))
    .output(savedViewJson),
  // that of others needs admin, which the keeper judges
  remove: operation
    .meta({ scope: 'read', audited: true })
    .route({ method: 'DELETE', path: '/views/{id}', summary: 'Keep it no longer', description: 'Your own; of others only as admin.', tags })
    .input(z.strictObject({ id: numberText }))
    .output(savedViewJson),
};
