import * as z from 'zod';
import { operation } from './fault.ts';
import { instantText, numberText } from './text.ts';

export const signInJson = z
  .object({
    id: z.int(),
    user: z.string(),
    at: instantText,
    seenAt: instantText.meta({ description: 'when it was used last, to a minute' }),
    until: instantText.meta({ description: 'when it ends whatever happens; it also ends when nobody used it for a week' }),
    from: z.string().nullable().meta({ description: 'address of the browser then' }),
    agent: z.string().meta({ description: 'what the browser said it is' }),
    own: z.boolean().meta({ description: 'the one the caller came by' }),
  })
  .meta({ description: 'A browser in which a user is signed in.' });

export type SignInJson = z.infer<typeof signInJson>;

const tags = ['users'];

export const signIns = {
  list: operation
    .meta({ scope: 'read', audited: false })
    .route({ method: 'GET', path: '/sign-ins', summary: 'Where the caller is signed in', description: 'An admin sees those of all.', tags })
    .output(z.array(signInJson)),
  end: operation
    .meta({ scope: 'read', audited: true })
    .route({
      method: 'DELETE',
      path: '/sign-ins/{id}',
      summary: 'End a sign-in',
      description: "The caller's own; an admin's is any.",
      tags,
    })
    .input(z.strictObject({ id: numberText }))
    .output(signInJson),
};
