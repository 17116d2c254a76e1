import type { Refusal } from '../refusal.ts';

const HOST = /^(?<name>\[[0-9a-f:.]+\]|[^:@/\s[\]]+)(?::\d{1,5})?$/i;

/** Names this machine is always called by. */
export const LOOPBACK_NAMES = ['127.0.0.1', 'localhost', '[::1]'] as const;

/** Turns away requests for names that are not ours: a foreign name that resolves to us is DNS rebinding. */
export function judgeHost(host: string | null, allowed: Pick<ReadonlySet<string>, 'has'>): Refusal | undefined {
  const name = HOST.exec(host ?? '')?.groups?.name?.toLowerCase();
  if (name !== undefined && allowed.has(name)) return undefined;
  return {
    status: 421,
    code: 'misdirected',
    message: `answering for host ${JSON.stringify((host ?? '').slice(0, 120))}: this is not one of its names`,
    remedy: 'use 127.0.0.1 or localhost, or add the name to http.hosts in rollcall.toml',
    // What else comes by this connection was meant for somebody else, too.
    headers: { connection: 'close' },
  };
}
