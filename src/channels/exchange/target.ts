import { bad, good, type Result } from '../../core/index.ts';

export interface Target {
  readonly url: URL;
  /** Without brackets, and without a dot at its end. */
  readonly host: string;
  readonly port: number;
  /** For people: scheme, host and port. Never what comes after, which may be secret. */
  readonly origin: string;
}

const REMEDY = 'write http:// or https:// with a host, like https://example.org/hook';

/** Reads a URL to go to. The reason never shows it: what comes after the host may be secret. */
export function readTarget(text: string): Result<Target> {
  // What URL readers quietly drop or mend would make people read another address than is called.
  const [, place = ''] = /^https?:\/\/([^/?#]+)/i.exec(text) ?? [];
  if (place === '' || !URL.canParse(text)) return bad('it is no http or https URL', REMEDY);
  if (place.includes('@'))
    return bad('it holds a user or a password', 'drop what stands before the @; tokens and passwords are options of their own');
  if (!/^[\x21-\x5b\x5d-\x7e]+$/.test(place) || /[\x00-\x20\x7f]/.test(text)) return bad('it holds signs that no URL has', REMEDY);
  const url = new URL(text);
  const port = url.port === '' ? USUAL_PORT[url.protocol] : Number(url.port);
  if (!port) return bad('it names no port', 'write a port from 1 to 65535');
  return good({ url, host: url.hostname.replace(/^\[|[\].]$/g, ''), port, origin: url.origin });
}

const USUAL_PORT: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443 };
