import { bad, good, parseAddress, type Result } from '../../core/index.ts';
import { show } from '../options.ts';

/** Where a syslog listens. */
export type Destination =
  | { readonly way: 'udp' | 'tcp' | 'tls'; readonly host: string; readonly port: number }
  | { readonly way: 'unix'; readonly path: string };

export const WHAT = 'write udp://10.0.0.5:514, tcp://..., tls://logs.example.org:6514 or unix:///dev/log';

const NETWORK = /^(udp|tcp|tls):\/\/(\[[0-9a-f:.]{2,45}\]|[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?)(?::(\d{1,5}))?\/?$/i;
const PORTS = { udp: 514, tcp: 514, tls: 6514 } as const;

export function readDestination(value: unknown): Result<Destination> {
  if (typeof value !== 'string') return bad(`${show(value)} is not a text`, WHAT);
  const path = /^unix:(?:\/\/)?(\/[^\0-\x1f\x7f]{1,100})$/.exec(value)?.[1];
  if (path !== undefined) return readPath(path);
  const [, scheme = '', place = '', digits] = NETWORK.exec(value) ?? [];
  const way = (['udp', 'tcp', 'tls'] as const).find((one) => one === scheme.toLowerCase());
  if (way === undefined) return bad(`${show(value)} is no place of a syslog`, WHAT);
  const port = digits === undefined ? PORTS[way] : Number(digits);
  const host = place.replace(/^\[|\]$/g, '');
  const numeric = /^[\d.]+$|^0x|:/i.test(host);
  if (port < 1 || port > 65535 || (numeric && !parseAddress(host))) return bad(`${show(value)} is no place of a syslog`, WHAT);
  return good({ way, host, port });
}

/** Other sockets of this machine speak to more than logs. */
const readPath = (path: string): Result<Destination> =>
  /\/(?:log|dev-log|syslog)$/.test(path) && !path.split('/').includes('..')
    ? good({ way: 'unix', path })
    : bad(`${show(path)} is no socket of a syslog`, 'write one that is called log, dev-log or syslog, like unix:///dev/log');
