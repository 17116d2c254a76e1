import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/fetch';
import type { RollcallClient } from '../../contract/index.ts';
import { Fault } from '../../core/index.ts';
import { type Connection, RPC_PATH } from '../client.ts';
import { accepted } from './socket-fetch.ts';

/** A client of a daemon over HTTP, for whoever may not use its socket. Fault bad-input for a URL that can never work. */
export function urlClient(url: string, token: string): Connection {
  const link = new RPCLink({
    url: `${originOf(url)}${RPC_PATH}`,
    headers: { authorization: `Bearer ${token}` },
    fetch: async (request, init) => {
      // Followed, a redirect would carry what was asked to somebody else.
      const answer = await fetch(request, { ...init, redirect: 'error' }).catch((cause: unknown) => {
        throw request.signal.aborted ? cause : unreached(url, cause);
      });
      return accepted(answer);
    },
  });
  return { client: createORPCClient<RollcallClient>(link), daemon: true, close: async () => {} };
}

/** Where the daemon answers, without a slash at its end. The token crosses no network unencrypted. */
function originOf(text: string): string {
  const url = URL.parse(text);
  const wrong = (why: string, remedy: string): Fault =>
    new Fault('bad-input', `reading --url ${JSON.stringify(text.slice(0, 120))}: ${why}`, remedy);
  if (url === null || !/^https?:$/.test(url.protocol)) throw wrong('it is no URL of HTTP', 'write one like http://127.0.0.1:9090');
  if (url.username !== '' || url.password !== '')
    throw new Fault('bad-input', 'reading --url: it holds a user', 'put the token into a file, and name it with --token-file'); // not shown
  if (url.protocol === 'http:' && !LOOPBACK.test(url.hostname))
    throw wrong('the token would cross the network unencrypted', 'use https://, with a proxy in front of the daemon');
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

function unreached(url: string, cause: unknown): Fault {
  const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
  const reason = inner instanceof Error ? inner.message : String(inner);
  return new Fault('unavailable', `asking the daemon at ${url}: ${reason}`, 'check the address, and that it runs there');
}
