import * as z from 'zod';
import { passwordText, roleText, userName } from './access-words.ts';
import { operation } from './fault.ts';
import { instantText } from './text.ts';

export const userJson = z
  .object({
    id: z.int(),
    name: z.string(),
    role: roleText,
    madeAt: instantText,
    disabledAt: instantText.nullable().meta({ description: 'since when the user may not come in; null: may' }),
    password: z.boolean().meta({ description: 'whether there is a password' }),
    subject: z.string().nullable().meta({ description: 'who that is at the identity provider, after the issuer; null: nobody there' }),
    signIns: z.int().meta({ description: 'in how many browsers the user is signed in' }),
    seenAt: instantText.nullable().meta({ description: 'when one of these was used last, to a minute; null: in none' }),
  })
  .meta({ description: 'Somebody who may sign in.' });

export type UserJson = z.infer<typeof userJson>;

const tags = ['users'];

export const users = {
  list: operation
    .meta({ scope: 'admin', audited: false })
    .route({ method: 'GET', path: '/users', summary: 'Who may sign in', tags })
    .output(z.array(userJson)),
  add: operation
    .meta({ scope: 'admin', audited: true })
    .route({ method: 'POST', path: '/users', summary: 'Add a user', tags })
    .input(z.strictObject({ name: userName, role: roleText, password: passwordText }))
    .output(userJson),
  edit: operation
    .meta({ scope: 'admin', audited: true })
    .route({
      method: 'PATCH',
      path: '/users/{name}',
      summary: 'Change what a user may, or the password',
      description: 'What is left out stays. Any change ends all sign-ins of the user. The last admin stays one.',
      tags,
    })
    .input(
      z.strictObject({ name: userName, role: roleText.optional(), disabled: z.boolean().optional(), password: passwordText.optional() }),
    )
    .output(userJson),
  remove: operation
    .meta({ scope: 'admin', audited: true })
    .route({
      method: 'DELETE',
      path: '/users/{name}',
      summary: 'Remove a user',
      description: 'With all sign-ins and tokens. What they did stays in the audit.',
      tags,
    })
    .input(z.strictObject({ name: userName }))
    .output(userJson),
};
