import { untrusted } from '../../core/index.ts';

/** The broker is there, and did not take, or give, what this was about. */
export class Refusal extends Error {}

/** Why a session ended that a person must do something about. */
export const NOT_LET_IN = 'it does not let us in: check user and password';

/** Why a message was not taken that would have been elsewhere, and why nothing is heard. */
export const NOT_THERE = 'it does not let us publish there';
export const NOT_HEARD = 'it does not let us listen there';

/** What it says without being asked, of MQTT 5. */
const PARTING: ReadonlyMap<unknown, string> = new Map([
  [135, 'it no longer lets us in'],
  [137, 'it is busy'],
  [139, 'it shuts down'],
  [141, 'it heard nothing of us for too long'],
  [142, 'another one of our name took our place: two Rollcalls at one broker need different sites or topics'],
  [147, 'it was sent more at once than it takes'],
  [149, 'it was sent a longer message than it takes'],
  [151, 'its quota is used up'],
  [152, 'somebody there cut us off'],
  [154, 'it keeps no messages (retain)'],
  [155, 'it gives no receipts (QoS 1)'],
]);

/** Codes of refusal, of MQTT 3.1.1 and of 5; the second ones are about a topic where we are in already. */
const NO_ENTRY: ReadonlySet<unknown> = new Set([4, 5, 134, 135, 138]);
const NO_TOPIC: ReadonlySet<unknown> = new Set([135, 144]);
const NOT_TAKEN: ReadonlyMap<unknown, string> = new Map([
  [149, 'it takes no messages of that length'],
  [151, 'its quota is used up'],
]);

/** Why a broker of MQTT 5 let go of us. Of what it said only the number is told. */
export const partingWords = (code: unknown): string => PARTING.get(code) ?? `it let go of us (code ${untrusted(String(code), 10)})`;

/** What an exception of the library or the system means. Of what the broker said only a number is told. */
export function meant(fault: unknown): Error {
  const { code, message } = (fault ?? {}) as { readonly code?: unknown; readonly message?: unknown };
  const text = String(message);
  if (text.startsWith('Publish error'))
    return new Refusal(NO_TOPIC.has(code) ? NOT_THERE : (NOT_TAKEN.get(code) ?? `it does not take it (code ${Number(code)})`));
  if (text.startsWith('Subscribe error')) return new Refusal(NOT_HEARD);
  if (NO_ENTRY.has(code)) return new Error(NOT_LET_IN);
  return new Error(untrusted(typeof code === 'string' && !text.includes(code) ? `${code}: ${text}` : text, 200));
}
