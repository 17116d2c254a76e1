import { isIP } from 'node:net';
import { Fault } from '../../core/index.ts';

/** A mail server as its URL names it. */
export interface MailServer {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte on (smtps); else STARTTLS. */
  readonly secure: boolean;
  readonly login: { readonly user: string; readonly password: string } | null;
  /** What STARTTLS owes: with a password over a wire it must be there and be trusted; without, what is offered is taken. */
  readonly mustEncrypt: boolean;
}

const SHAPE =
  /^(smtps?):\/\/(?:([^\s/?#@:]+)(?::([^\s/?#@]*))?@)?(\[[0-9a-f:]+\]|[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?)(?::(\d{1,5}))?\/?$/i;
const REMEDY =
  'write smtp://user:password@mail.example.org:587 or smtps://..., with signs like / # ? @ : in the password as %2F %23 %3F %40 %3A';

/** Reads the URL of a mail server. Options in it (?...) are refused: one of them would switch trust off. The Fault never shows it. */
export function readMailServer(url: string): MailServer {
  const match = SHAPE.exec(url);
  const refused = (): Fault => new Fault('bad-input', 'reading the mail URL: it is not the address of a mail server', REMEDY);
  if (match === null) throw refused();
  const [, scheme = '', user, password = '', place = '', digits] = match;
  const secure = scheme.toLowerCase() === 'smtps';
  const host = place.replace(/^\[|\]$/g, '');
  const login = user === undefined ? null : { user: decoded(user, refused), password: decoded(password, refused) };
  const port = digits === undefined ? usualPort(secure, login !== null) : Number(digits);
  if (port < 1 || port > 65535) throw refused();
  return { host, port, secure, login, mustEncrypt: login !== null && !isLoopback(host) };
}

const usualPort = (secure: boolean, login: boolean): number => (secure ? 465 : login ? 587 : 25);

const isLoopback = (host: string): boolean => host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));

function decoded(text: string, refused: () => Fault): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw refused();
  }
}
