import * as z from 'zod';
import { PROOFS } from '../core/index.ts';
import { passwordText, roleText, scopeText, userName } from './access-words.ts';
import { operation } from './fault.ts';
import { instantText } from './text.ts';

export const meJson = z
  .object({
    name: z.string().nullable().meta({ description: 'of the user, or of the token ("anna/backup"); null: nobody who is known' }),
    role: roleText.nullable().meta({ description: 'null: no user (a token, or the owner of this machine)' }),
    scopes: z.array(scopeText).meta({ description: 'what the caller may do' }),
    proof: z.enum(PROOFS).meta({ description: 'how the caller proved itself' }),
    signIn: z.int().nullable().meta({ description: 'the sign-in it came by, as signIns.list has it' }),
    setUp: z.boolean().meta({ description: 'whether there is a user; until then the setup link is the way in' }),
    elsewhere: z.boolean().meta({ description: 'whether one may sign in at an identity provider' }),
    elsewhereLabel: z.string().nullable().meta({ description: 'what its button says; null: words of the page' }),
  })
  .meta({ description: 'Who the caller is, and what it may do.' });

export type MeJson = z.infer<typeof meJson>;

export const setupLinkJson = z
  .object({ secret: z.string(), until: instantText, path: z.string().meta({ examples: ['/setup#rcl_...'] }) })
  .nullable()
  .meta({ description: 'What the first user opens; null: there is a user already.' });

export type SetupLinkJson = z.infer<typeof setupLinkJson>;

const tags = ['access'];

export const access = {
  me: operation
    .meta({ scope: 'nobody', audited: false })
    .route({ method: 'GET', path: '/access/me', summary: 'Who the caller is', tags })
    .output(meJson),
  link: operation
    .meta({ scope: 'admin', audited: false })
    .route({
      method: 'POST',
      path: '/access/link',
      summary: 'The link that makes the first user',
      description: 'For the owner of this machine only, over the socket. The same until it is half an hour old, or used.',
      tags,
    })
    .output(setupLinkJson),
  setup: operation
    .meta({ scope: 'nobody', audited: false })
    .route({ method: 'POST', path: '/access/setup', summary: 'Make the first user, and sign in', tags })
    .input(z.strictObject({ secret: z.string().max(256), name: userName, password: passwordText }))
    .output(meJson),
  signIn: operation
    .meta({ scope: 'nobody', audited: false })
    .route({
      method: 'POST',
      path: '/access/sign-in',
      summary: 'Sign in',
      description: 'The answer sets a cookie. Five wrong passwords for a name from an address, and both wait for a quarter of an hour.',
      tags,
    })
    .input(z.strictObject({ name: z.string().max(1024), password: passwordText }))
    .output(meJson),
  signOut: operation
    .meta({ scope: 'nobody', audited: false })
    .route({ method: 'POST', path: '/access/sign-out', summary: 'Sign out', tags })
    .output(meJson),
  password: operation
    .meta({ scope: 'read', audited: false })
    .route({
      method: 'POST',
      path: '/access/password',
      summary: 'Change the own password',
      description: 'Ends all sign-ins of the user, and begins a new one here.',
      tags,
    })
    .input(z.strictObject({ old: passwordText, password: passwordText }))
    .output(meJson),
};
