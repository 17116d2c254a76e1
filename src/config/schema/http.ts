import { z } from 'zod';
import { isLoopback } from '../../core/index.ts';
import * as field from '../fields.ts';
import { type Complain, complainTo, key } from './key.ts';

interface Door {
  readonly host?: string | undefined;
  readonly proxies?: readonly string[] | undefined;
  readonly cert?: string | undefined;
  readonly key?: string | undefined;
}

const PAIR = ['cert', 'key'] as const;

function checkPair(door: Door, complain: Complain): void {
  const given = PAIR.filter((name) => door[name] !== undefined);
  const [only] = given;
  if (given.length !== 1 || only === undefined) return;
  const missing = only === 'cert' ? 'key' : 'cert';
  complain({
    key: only,
    message: `it stands without "${missing}"`,
    remedy: `add ${missing} = "/etc/rollcall/${missing}.pem", or leave both out`,
  });
}

/** Passwords and tokens cross no network in the clear. */
function checkHost({ host, proxies = [], cert, key: own }: Door, complain: Complain): void {
  if (host === undefined || isLoopback(host) || proxies.length > 0 || cert !== undefined || own !== undefined) return;
  complain({
    key: 'host',
    message: `others can reach ${host}, and what they type would cross the network unencrypted`,
    remedy: 'add cert = "..." and key = "..." for TLS, or proxies = ["..."] for the proxy that has it, or write host = "127.0.0.1"',
  });
}

export const http = z
  .strictObject({
    host: key(field.listenHost).optional(),
    port: key(field.listenPort).optional(),
    hosts: z.array(key(field.hostName)).optional(),
    proxies: z.array(key(field.proxyAddress)).optional(),
    cert: key(field.filePath).optional(),
    key: key(field.keyPath).optional(),
  })
  .transform((door, context) => {
    checkPair(door, complainTo(context));
    checkHost(door, complainTo(context));
    return door;
  });
