import { type Channel, Fault, orFault, parseMailAddress } from '../../core/index.ts';
import { readMailServer } from './mail-server.ts';
import type { Finding } from './smtp.ts';

/** How mail leaves this machine. */
export type EmailWay = { readonly kind: 'smtp'; readonly url: string } | { readonly kind: 'sendmail'; readonly path: string };

export interface EmailOptions {
  readonly way: EmailWay;
  /** Both strictly one address. */
  readonly from: string;
  readonly to: string;
  /** File of certificates to trust beside those of the system; null: none. */
  readonly ca: string | null;
  /** Certificates (PEM) to trust, too. */
  readonly trust?: string | null;
  /** What the server must be found by; left out: whoever wrote its URL may reach everything. */
  readonly finding?: Finding;
}

/** Mail to one receiver, by a server or by a sendmail. Fault bad-input for what can never work; it connects only when it sends. */
export function createEmail({ way, from, to, ca, trust = null, finding }: EmailOptions): Channel {
  const ends = { from: orFault(parseMailAddress(from)), to: orFault(parseMailAddress(to)) };
  const name = `mail to ${ends.to}`;
  if (way.kind === 'smtp') {
    const server = readMailServer(way.url);
    const order = { ...ends, server, ca, trust, ...(finding && { finding }) };
    return {
      name,
      send: async (message, signal, overhear) => (await import('./smtp.ts')).sendBySmtp({ ...order, overhear }, message, signal),
    };
  }
  const { path } = way;
  if (!/^\/[^\0-\x1f\x7f]+$/.test(path))
    throw new Fault('bad-input', 'reading the path of sendmail: it is not absolute', 'write /usr/sbin/sendmail');
  return { name, send: async (message, signal) => (await import('./sendmail.ts')).sendBySendmail({ ...ends, path }, message, signal) };
}
