import { untrusted } from '../../core/index.ts';
import type { Refused } from '../kind.ts';
import { notNow } from './refusals.ts';

const IS_IT_THERE = 'check that the receiver runs, and its address and port';
const IS_IT_TRUSTED = 'check the name in the URL, and that the certificate is trusted (ca names further ones)';

/** By what the system or TLS calls it. */
const MEANINGS: Readonly<Record<string, readonly [string, string]>> = {
  ECONNREFUSED: ['nobody listens there', IS_IT_THERE],
  ECONNRESET: ['the connection was closed before an answer came', IS_IT_THERE],
  EPIPE: ['the connection was closed before an answer came', IS_IT_THERE],
  EHOSTUNREACH: ['there is no way to it', IS_IT_THERE],
  ENETUNREACH: ['there is no way to its network', 'check the network of this machine'],
  ETIMEDOUT: ['it does not answer', IS_IT_THERE],
  EPROTO: ['it does not speak TLS as we do (1.2 or newer)', 'check that https is right there, and its port'],
  HPE_HEADER_OVERFLOW: ['its answer has too long a head', IS_IT_THERE],
};

/** What an exchange means that ended without an answer. `stopped`: why we gave it up ourselves. */
export function failureOf(thrown: unknown, stopped: string | null): { readonly refusal: Refused; readonly said: string } {
  const { code = '', message } = thrown as { code?: string; message?: unknown };
  if (stopped !== null) return { refusal: notNow(`${stopped}, and no answer had come`, IS_IT_THERE), said: `(no answer: ${stopped})` };
  const known = MEANINGS[code];
  const said = untrusted(String(message ?? thrown), 200);
  const [reason, remedy] = known ?? (isOfTrust(code) ? [`its certificate is not trusted: ${said}`, IS_IT_TRUSTED] : [said, IS_IT_THERE]);
  return { refusal: notNow(known ? `${reason} (${code})` : reason, remedy), said: `(no answer: ${said})` };
}

const isOfTrust = (code: string): boolean => /CERT|SELF_SIGNED|UNABLE_TO|ERR_TLS_CERT/.test(code);
