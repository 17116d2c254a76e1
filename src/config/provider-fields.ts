import { bad, good, like, oneOf, type Reader, ROLES, type Role, show, text } from '../core/index.ts';

const ISSUER = 'write issuer = "https://id.example.org/realms/home", as the provider calls itself';

/** Scheme, host, port and path: no place for a password, or for what the provider would not call itself by. */
const PLACE =
  /^(?<scheme>https?):\/\/(?<host>\[[0-9a-f:.]{2,45}\]|[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?)(?::(?<port>\d{1,5}))?(?<path>\/[!"$->@-~]{0,500})?$/i;

/** Hosts of this machine alone, where nobody listens in between. */
const LOOPBACK = /^(?:localhost|\[::1\]|127(?:\.\d{1,3}){3})$/i;

/** Never shows a value that may hold a password. */
export const issuer: Reader<string> = text(ISSUER, (value) => {
  const { scheme, host = '', port = '443', path = '' } = PLACE.exec(value)?.groups ?? {};
  if (scheme === undefined || Number(port) > 65_535 || Number(port) === 0)
    return bad('its value is not the address of an identity provider', `${ISSUER}, without a name, a password, "?" and "#"`);
  if (path.includes('/.well-known/'))
    return bad(`${show(value)} is the document of a provider, not the provider`, 'leave out what begins with /.well-known');
  if (scheme.toLowerCase() === 'http' && !LOOPBACK.test(host))
    return bad(
      `${show(value)} is not encrypted, so anybody on the way could be anybody here`,
      'write https://, or use one on this machine',
    );
  return good(value);
});

export const client = like(/^[!-~]{1,200}$/, 'the id of a client', 'write client = "rollcall", the id that the provider gave Rollcall');

/** Never shows the value. */
export const secret: Reader<string> = (value) =>
  typeof value === 'string' && /^[ -~]{1,1000}$/.test(value)
    ? good(value)
    : bad('its value is not a secret of a client', 'write the text that the provider gave Rollcall, or leave it out for a public client');

export const scope = like(/^[!#-[\]-~]{1,100}$/, 'a scope', 'write one word for each scope, like scopes = ["openid", "profile"]');

export const claim = like(
  /^[^\s\p{Cc}]{1,200}$/u,
  'the name of a claim',
  'write it as the provider does, like "groups" or "realm_access.roles"',
);

export const role: Reader<Role> = oneOf(ROLES, 'a role');

export const label = like(
  /^(?=.*\S)[^\p{Cc}\p{Cf}\u2028\u2029]{1,60}$/u,
  'words for a button',
  'write up to 60 letters, like "Sign in at Example"',
);
