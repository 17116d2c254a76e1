import { z } from 'zod';
import * as field from '../fields.ts';
import * as provider from '../provider-fields.ts';
import { type Complain, complainTo, key } from './key.ts';

const table = z.strictObject({
  issuer: key(provider.issuer).optional(),
  client: key(provider.client).optional(),
  secret: key(provider.secret).optional(),
  secret_file: key(field.filePath).optional(),
  scopes: z.array(key(provider.scope)).optional(),
  hosts: z.array(key(field.hostName)).optional(),
  name_claim: key(provider.claim).optional(),
  role_claim: key(provider.claim).optional(),
  roles: z.record(z.string(), key(provider.role)).optional(),
  default_role: key(provider.role).optional(),
  label: key(provider.label).optional(),
});

type Said = z.infer<typeof table>;

export const oidc = table.transform((said, context) => {
  const complain = complainTo(context);
  if (isMeant(said)) {
    checkWho(said, complain);
    checkRoles(said, complain);
  }
  const { secret_file: secretFile, name_claim: nameClaim, role_claim: roleClaim, default_role: defaultRole, hosts, ...rest } = said;
  return { ...rest, secretFile, nameClaim, roleClaim, defaultRole, hosts: hosts?.map((host) => host.toLowerCase()) };
});

/** Without any of these nobody is named, and the rest waits. */
const isMeant = ({ issuer, client, secret, secret_file, role_claim, default_role, roles = {} }: Said): boolean =>
  [issuer, client, secret, secret_file, role_claim, default_role].some((value) => value !== undefined) || Object.keys(roles).length > 0;

/** Half a provider is none, and nobody would know why the button is missing. */
function checkWho({ issuer, client, secret, secret_file, scopes }: Said, complain: Complain): void {
  if (issuer === undefined)
    complain({ key: 'issuer', message: 'it is missing', remedy: 'write issuer = "https://id.example.org", as the provider calls itself' });
  if (client === undefined)
    complain({ key: 'client', message: 'it is missing', remedy: 'write client = "...", the id that the provider gave Rollcall' });
  if (secret !== undefined && secret_file !== undefined)
    complain({ key: 'secret', message: 'it stands beside "secret_file"', remedy: 'keep one of the two' });
  if (scopes && !scopes.includes('openid'))
    complain({ key: 'scopes', message: 'it lacks "openid"', remedy: 'write scopes = ["openid", "profile"]' });
}

function checkRoles({ role_claim, roles = {}, default_role }: Said, complain: Complain): void {
  const mapped = Object.keys(roles).length > 0;
  if (mapped && role_claim === undefined)
    complain({
      key: 'roles',
      message: 'it stands without "role_claim"',
      remedy: 'say which claim has these values, like role_claim = "groups"',
    });
  if (!mapped && role_claim !== undefined)
    complain({
      key: 'role_claim',
      message: 'it stands without "roles"',
      remedy: 'say what its values are here: roles = { "staff" = "viewer" }',
    });
  if (!mapped && default_role === undefined)
    complain({
      key: 'default_role',
      message: 'it is missing, as is "roles": nobody could come in',
      remedy: 'write default_role = "viewer", or role_claim and roles',
    });
}
