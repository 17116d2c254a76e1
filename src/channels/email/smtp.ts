import { readFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { rootCertificates } from 'node:tls';
import { createTransport } from 'nodemailer';
import type { Delivery, Message, StopSignal } from '../../core/index.ts';
import { untrusted } from '../../core/index.ts';
import { dial } from './dial.ts';
import { letterOf } from './letter.ts';
import type { MailServer } from './mail-server.ts';
import { noWay, refusalOf } from './refusals.ts';

export interface SmtpOrder {
  readonly server: MailServer;
  readonly from: string;
  readonly to: string;
  /** File of further certificates to trust. */
  readonly ca: string | null;
}

/** Sends one mail over a connection of its own. */
export async function sendBySmtp(order: SmtpOrder, message: Message, signal: StopSignal): Promise<Delivery> {
  const { server, from, to } = order;
  const where = `mail server ${server.host}:${server.port}`;
  let ca: string[] | null;
  try {
    ca = order.ca === null ? null : [...rootCertificates, await readFile(order.ca, 'utf8')];
  } catch (thrown) {
    return noWay(`reading [mail] ca ${order.ca}: the system says ${(thrown as { code?: string }).code}`, 'check the path');
  }
  try {
    const { socket, done } = await dial(server.host, server.port, signal);
    try {
      const transport = createTransport({ ...wordsFor(server, ca), getSocket: (_, taken) => taken(null, { connection: socket }) });
      const { response } = await transport.sendMail(letterOf(message, from, to));
      return { outcome: 'delivered', receipt: untrusted(response, 200) };
    } finally {
      done();
    }
  } catch (thrown) {
    return withoutSecrets(refusalOf(thrown, where), server);
  }
}

function wordsFor({ host, port, secure, login, mustEncrypt }: MailServer, ca: string[] | null) {
  const servername = isIP(host) === 0 ? { servername: host } : {};
  // What is offered without being asked for is taken unproven: it is still no worse than sending in the clear.
  const trusting = secure || mustEncrypt;
  return {
    host,
    port,
    secure,
    requireTLS: mustEncrypt && !secure,
    ...(login !== null && { auth: { user: login.user, pass: login.password } }),
    tls: { ...servername, rejectUnauthorized: trusting, minVersion: 'TLSv1.2' as const, ...(ca !== null && { ca }) },
    greetingTimeout: 15_000,
    socketTimeout: 30_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

/** A server may repeat what it was sent. */
function withoutSecrets<D extends Extract<Delivery, { outcome: 'refused' }>>(delivery: D, { login }: MailServer): D {
  if (login === null) return delivery;
  const { user, password } = login;
  const sent = [password, Buffer.from(password).toString('base64'), Buffer.from(`\0${user}\0${password}`).toString('base64')];
  return { ...delivery, reason: sent.reduce((text, secret) => (secret === '' ? text : text.replaceAll(secret, '***')), delivery.reason) };
}
