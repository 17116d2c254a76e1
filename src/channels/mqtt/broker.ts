import { Fault } from '../../core/index.ts';

/** A broker as its URL names it. */
export interface Broker {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte on (mqtts). */
  readonly secure: boolean;
  readonly login: { readonly user: string; readonly password: string } | null;
}

const SHAPE =
  /^(mqtts?):\/\/(?:([^\s/?#@:]+)(?::([^\s/?#@]*))?@)?(\[[0-9a-f:]+\]|[a-z0-9](?:[a-z0-9._-]{0,251}[a-z0-9])?)(?::(\d{1,5}))?\/?$/i;
const REMEDY =
  'write mqtt://user:password@broker.example.org:1883 or mqtts://..., with signs like / # ? @ : in the password as %2F %23 %3F %40 %3A';

/** Reads the URL of a broker. The Fault never shows it: it may hold a password. */
export function readBroker(url: string): Broker {
  const match = SHAPE.exec(url);
  const refused = (): Fault => new Fault('bad-input', 'reading the MQTT URL: it is not the address of a broker', REMEDY);
  if (match === null) throw refused();
  const [, scheme = '', user, password = '', place = '', digits] = match;
  const secure = scheme.toLowerCase() === 'mqtts';
  const port = digits === undefined ? (secure ? 8883 : 1883) : Number(digits);
  if (port < 1 || port > 65535) throw refused();
  const login = user === undefined ? null : { user: decoded(user, refused), password: decoded(password, refused) };
  return { host: place.replace(/^\[|\]$/g, ''), port, secure, login };
}

function decoded(text: string, refused: () => Fault): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw refused();
  }
}

/** "10.0.0.5:1883", for people. */
export const placeOf = ({ host, port }: Broker): string => (host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`);
