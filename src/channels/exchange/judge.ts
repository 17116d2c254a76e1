import { STATUS_CODES } from 'node:http';
import { type Delivery, type Instant, type Millis, untrusted } from '../../core/index.ts';
import type { Refused } from '../kind.ts';
import { notNow, notThere, notThis } from './refusals.ts';
import type { Answer } from './request.ts';

const DAY = 86_400_000;

/** Remedies that a kind knows better than we, by status. */
export type Remedies = Readonly<Record<number, string>>;

const USUAL: Remedies = {
  400: 'check the options of the channel',
  401: 'check the token, or user and password',
  403: 'check what the token may do',
  404: 'check the address',
  410: 'check the address: what was there is gone',
  413: 'nothing: others may be shorter',
};

/** What an answer means: taken, or refused by whom and for how long. A refusal passes through as it is. */
export function judgeAnswer(answer: Answer | Refused, remedies: Remedies = {}): Delivery {
  if ('outcome' in answer) return answer;
  const { status } = answer;
  if (status >= 200 && status < 300) return { outcome: 'delivered', receipt: saidBy(answer) };
  const reason = `${answer.from} answered ${saidBy(answer)}`;
  const remedy = remedies[status] ?? USUAL[status] ?? usualRemedy(status);
  if (isForNow(status)) return notNow(reason, remedy, retryAfter(answer));
  return status < 400 || CHANNEL.has(status) ? notThere(reason, remedy) : notThis(reason, remedy);
}

function usualRemedy(status: number): string {
  if (isForNow(status)) return 'nothing, if it goes away by itself';
  return status < 400 ? 'write the address that it sends on to: no redirect is followed' : 'check what it takes, and the options';
}

const CHANNEL: ReadonlySet<number> = new Set([401, 402, 403, 404, 405, 407, 410, 421, 426, 451]);

const isForNow = (status: number): boolean => status === 408 || status === 425 || status === 429 || status >= 500 || status < 200;

/** "200 OK: ok", one line. Of what only a block of `reach` opens no body is told. */
export function saidBy({ status, body, said: words = body, open, cut }: Answer): string {
  const head = `${status} ${STATUS_CODES[status] ?? ''}`.trim();
  const said = open && !cut ? untrusted(words.slice(0, 2000).replaceAll(/\s+/g, ' ').trim(), 200) : '';
  return said === '' ? head : `${head}: ${said}`;
}

/** What Retry-After says, in seconds or as a date; null: nothing that means anything. A day at most. */
export function retryAfter({ headers, at }: { readonly headers: Answer['headers']; readonly at: Instant }): Millis | null {
  const text = headers['retry-after']?.trim() ?? '';
  const wait = /^\d{1,9}(?:\.\d{1,6})?$/.test(text)
    ? Number(text) * 1000
    : /^[A-Z][a-z]{2}, /.test(text)
      ? Date.parse(text) - at
      : Number.NaN;
  return Number.isNaN(wait) ? null : Math.min(DAY, Math.max(0, Math.ceil(wait)));
}
