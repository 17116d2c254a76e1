import * as z from 'zod';
import { REASONS } from '../core/index.ts';
import { instantText } from './text.ts';

export const verdictText = z.enum(['tell', 'quiet']);
export const reasonText = z.enum(REASONS);

export const verdictJson = z
  .object({
    at: instantText.meta({ description: 'when it was judged' }),
    rules: z.array(
      z.object({
        rule: z.string().nullable().meta({ description: 'null: no rule at all asks for it' }),
        verdict: verdictText,
        reason: reasonText,
        text: z.string().meta({ description: 'a sentence for people; may hold text from the network' }),
        incident: z.int().nullable(),
      }),
    ),
  })
  .meta({ description: 'Whether a change was told, and why: by each rule that asks for its kind.' });

export type VerdictJson = z.infer<typeof verdictJson>;
