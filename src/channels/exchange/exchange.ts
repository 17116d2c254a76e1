import { type ClientRequest, type IncomingMessage, request as overHttp } from 'node:http';
import { request as overTls } from 'node:https';
import { isIP } from 'node:net';
import { type ExchangeLine, type Millis, type StopSignal, untrustedLines } from '../../core/index.ts';
import { clip } from '../clip.ts';
import type { Refused } from '../kind.ts';
import { redactor } from '../redact.ts';
import { readBody } from './body.ts';
import { type Deadline, deadline } from './deadline.ts';
import { failureOf } from './failures.ts';
import type { EgressGuard } from './guard.ts';
import type { Lookup } from './lookup.ts';
import { notThere } from './refusals.ts';
import type { Answer, ExchangeRequest } from './request.ts';
import { shownHeaders, shownPath } from './shown.ts';
import { pinned } from './socket.ts';
import { readTarget } from './target.ts';
import { trusting } from './trust.ts';
import { type Way, whereTo } from './where-to.ts';

export interface Around {
  readonly guard: EgressGuard;
  readonly signal: StopSignal;
  readonly overhear?: ((line: ExchangeLine) => void) | undefined;
  /** Never told, in whatever form. */
  readonly secrets: readonly string[];
  /** Certificates (PEM) to trust beside those of the system. */
  readonly ca?: string | null;
  readonly lookup?: Lookup;
  /** For all of it; 10 s unless said. */
  readonly most?: Millis;
}

const FOR_ALL = 10_000;
/** Of one side, for people, in characters. */
const OVERHEARD = 16_384;
/** Of one side, with its secrets: they are looked for before anything is cut, as half of one would not be found. */
const HEARD = 131_072;

/** One request and its answer, over a connection of its own. No redirect is followed, no proxy asked. Never rejects. */
export async function exchange(request: ExchangeRequest, around: Around): Promise<Answer | Refused> {
  const target = readTarget(request.url);
  if (!target.ok) return notThere(target.reason, target.remedy);
  const redact = redactor(around.secrets);
  const limit = deadline(around.signal, around.most ?? FOR_ALL);
  const { url, host, port, origin } = target.value;
  try {
    const way = await whereTo({ host, port, guard: around.guard, signal: limit.signal, ...(around.lookup && { lookup: around.lookup }) });
    if ('outcome' in way) return { ...way, reason: redact(way.reason) };
    const told = {
      ...around,
      overhear: (line: ExchangeLine) => around.overhear?.({ ...line, text: clip(redact(untrustedLines(line.text, HEARD)), OVERHEARD) }),
      redact,
    };
    return await converse({ request, url, host, port, origin, way, around: told, limit });
  } catch (thrown) {
    const failure = failureOf(thrown, limit.signal.aborted ? limit.why() : null);
    around.overhear?.({ from: 'them', text: redact(failure.said) });
    return { ...failure.refusal, reason: redact(`${request.method} ${origin}: ${failure.refusal.reason}`) };
  } finally {
    limit.done();
  }
}

interface Conversation {
  readonly request: ExchangeRequest;
  readonly url: URL;
  readonly host: string;
  readonly port: number;
  readonly origin: string;
  readonly way: Way;
  readonly around: Around & { readonly redact: (text: string) => string };
  readonly limit: Deadline;
}

async function converse(conversation: Conversation): Promise<Answer> {
  const { request, way, origin, around, limit } = conversation;
  const body = Buffer.from(request.body ?? '', 'utf8');
  const headers = headersOf(conversation, body.length);
  around.overhear?.({ from: 'us', text: sentText(conversation, headers) });
  const sent = open(conversation, headers);
  const incoming = await answerTo(sent, body);
  const at = Date.now();
  const { text, cut } = await readBody(incoming, limit.signal);
  sent.destroy();
  const came = { status: incoming.statusCode ?? 0, headers: flat(incoming), at, from: origin, open: way.open };
  const answer: Answer = { ...came, body: text, said: around.redact(untrustedLines(text, HEARD)), cut };
  around.overhear?.({ from: 'them', text: answeredText(answer, incoming.statusMessage ?? '') });
  return answer;
}

function open(
  { request: { method }, url, host, port, way, around: { ca }, limit }: Conversation,
  headers: Record<string, string>,
): ClientRequest {
  const secure = url.protocol === 'https:';
  const options = {
    method,
    host,
    port,
    path: `${url.pathname}${url.search}`,
    headers,
    setDefaultHeaders: false,
    agent: false as const,
    signal: limit.signal,
    lookup: pinned(way),
    maxHeaderSize: 16_384,
  };
  if (!secure) return overHttp(options);
  const trust = ca === undefined || ca === null ? {} : { ca: trusting(ca) };
  const servername = isIP(host) === 0 ? { servername: host } : {};
  return overTls({ ...options, ...servername, ...trust, minVersion: 'TLSv1.2', rejectUnauthorized: true });
}

const answerTo = (sent: ClientRequest, body: Buffer): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    sent.on('response', resolve).on('error', reject);
    sent.on('close', () => reject(Object.assign(new Error('the connection closed'), { code: 'ECONNRESET' })));
    sent.end(body);
  });

function headersOf({ request, url }: Conversation, length: number): Record<string, string> {
  const usual = { Host: url.host, 'User-Agent': 'Rollcall', Accept: '*/*', 'Accept-Encoding': 'identity', Connection: 'close' };
  const own = Object.entries(request.headers ?? {}).map(([name, value]) => [name, value.replaceAll(/[^\x20-\x7e]/g, '?')]);
  const framed = length > 0 || request.method !== 'GET' ? { 'Content-Length': String(length) } : {};
  return { ...usual, ...Object.fromEntries(own), ...framed } as Record<string, string>;
}

const flat = ({ headers }: IncomingMessage): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value ?? ''].flat().join(', ')]));

const linesOf = (headers: Readonly<Record<string, string>>): string =>
  Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}\n`)
    .join('');

/** What was sent, for people. Where a secret stands is known here, however short it is. */
const sentText = ({ request, url, around: { secrets } }: Conversation, headers: Record<string, string>): string =>
  `${request.method} ${shownPath(url, secrets)} HTTP/1.1\n${linesOf(shownHeaders(headers, secrets))}\n${request.body ?? ''}`;

const answeredText = ({ status, headers, body, cut, open: shown }: Answer, words: string): string =>
  `HTTP/1.1 ${status} ${words}\n${linesOf(headers)}\n${shown ? body : `(${body.length} characters that only a block in [alerts] reach opens)`}${cut ? ' (cut)' : ''}`;
