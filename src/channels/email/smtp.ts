import { readFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { rootCertificates } from 'node:tls';
import { createTransport } from 'nodemailer';
import { type Delivery, type ExchangeLine, type Message, type StopSignal, unreadWords, untrusted } from '../../core/index.ts';
import { deadline } from '../exchange/deadline.ts';
import type { Way } from '../exchange/where-to.ts';
import type { Refused } from '../kind.ts';
import { redactor } from '../redact.ts';
import { dial } from './dial.ts';
import { letterOf } from './letter.ts';
import type { MailServer } from './mail-server.ts';
import { loggerFor } from './overheard.ts';
import { noWay, refusalOf } from './refusals.ts';

export interface SmtpOrder {
  readonly server: MailServer;
  readonly from: string;
  readonly to: string;
  /** File of further certificates to trust. */
  readonly ca: string | null;
  /** Certificates (PEM) to trust, too. */
  readonly trust?: string | null;
  readonly finding?: Finding;
  readonly overhear?: ((line: ExchangeLine) => void) | undefined;
}

/** Finds out where a server may be connected to. */
export type Finding = (host: string, port: number, signal: AbortSignal) => Promise<Way | Refused>;

/** Sends one mail over a connection of its own. */
export async function sendBySmtp(order: SmtpOrder, message: Message, signal: StopSignal): Promise<Delivery> {
  const { server } = order;
  const where = `mail server ${server.host}:${server.port}`;
  let ca: string[] | null;
  try {
    ca = await trustedBy(order);
  } catch (thrown) {
    return noWay(`reading [mail] ca ${order.ca}: ${unreadWords(thrown)}`, 'check the path');
  }
  try {
    return await speak(order, message, { ca, signal });
  } catch (thrown) {
    return refusalOf(withoutSecrets(thrown, server), where);
  }
}

async function trustedBy({ ca, trust = null }: SmtpOrder): Promise<string[] | null> {
  const further = [...(ca === null ? [] : [await readFile(ca, 'utf8')]), ...(trust === null ? [] : [trust])];
  return further.length === 0 ? null : [...rootCertificates, ...further];
}

interface Speaking {
  readonly ca: string[] | null;
  readonly signal: StopSignal;
}

async function speak({ server, from, to, finding, overhear }: SmtpOrder, message: Message, { ca, signal }: Speaking): Promise<Delivery> {
  const way = await found(server, finding, signal);
  if (way !== null && 'outcome' in way) return way;
  const { socket, done } = await dial(server, signal, way);
  try {
    const redact = redactorFor(server);
    const told = overhear && ((line: ExchangeLine) => overhear({ ...line, text: redact(line.text) }));
    const heard = told === undefined ? {} : { logger: loggerFor(told), debug: true };
    const transport = createTransport({ ...wordsFor(server, ca), ...heard, getSocket: (_, taken) => taken(null, { connection: socket }) });
    const { response } = await transport.sendMail(letterOf(message, from, to));
    return { outcome: 'delivered', receipt: untrusted(redact(response), 200) };
  } finally {
    done();
  }
}

/** How long the finding of a server may take, in ms. */
const TO_FIND = 10_000;

async function found({ host, port }: MailServer, finding: Finding | undefined, signal: StopSignal): Promise<Way | Refused | null> {
  if (finding === undefined) return null;
  const limit = deadline(signal, TO_FIND);
  try {
    return await finding(host, port, limit.signal);
  } catch {
    return noWay(`looking up ${host}: ${limit.why()}`, 'check that DNS works');
  } finally {
    limit.done();
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

const redactorFor = ({ login }: MailServer) => redactor(login === null ? [] : [login.password]);

/** A server may repeat what it was sent. It is looked for before anything is cut, as half of it would not be found. */
function withoutSecrets(thrown: unknown, server: MailServer): object {
  const { message, code, responseCode, command } = (thrown ?? {}) as Partial<
    Record<'message' | 'code' | 'responseCode' | 'command', unknown>
  >;
  return { message: redactorFor(server)(String(message ?? thrown)), code, responseCode, command };
}
