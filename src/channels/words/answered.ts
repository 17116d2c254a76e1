import type { Delivery, Json, Millis } from '../../core/index.ts';
import { notThere } from '../exchange/refusals.ts';
import type { Answer } from '../exchange/request.ts';

/** Fields of a JSON body; none: it is no object, or was cut. */
export function fieldsOf({ body }: Pick<Answer, 'body'>): Readonly<Record<string, Json>> {
  try {
    return objectOf(JSON.parse(body) as Json);
  } catch {
    return {};
  }
}

export const objectOf = (value: Json | undefined): Readonly<Record<string, Json>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Readonly<Record<string, Json>>) : {};

/** A field as a word: a text or a number; '' for anything else. */
export const wordOf = (value: Json | undefined): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');

const DAY = 86_400_000;

/** A refusal for now, and not before the time that the body names; `unit` ms each, a day at most. Anything else stays as it is. */
export function laterBy(delivery: Delivery, count: Json | undefined, unit: Millis): Delivery {
  if (delivery.outcome !== 'refused' || !delivery.again || typeof count !== 'number' || !(count >= 0)) return delivery;
  return { ...delivery, after: Math.max(delivery.after ?? 0, Math.min(DAY, Math.ceil(count * unit))) };
}

/** What services call their messages; it is kept, and sent back to them. */
const NAME = /^[\x21-\x7e]{1,300}$/;

/**
 * A success in which the service names what it made. Without a name something else answers there (a sign-in page, a wrong address), and
 * nobody was told; but of an answer that was cut nothing can be said.
 */
export function takenAs(name: string, answer: Answer, service: string): Delivery {
  if (NAME.test(name)) return { outcome: 'delivered', receipt: `taken as ${name}` };
  if (answer.cut) return { outcome: 'delivered', receipt: 'taken' };
  return notThere(
    `${answer.from} answered ${answer.status}, but not as ${service} does`,
    'check the address: something else answers there',
  );
}

/** The same with the name as what a later message replaces. */
export function replaceable(name: string, answer: Answer, service: string): Delivery {
  const delivery = takenAs(name, answer, service);
  return delivery.outcome === 'delivered' && NAME.test(name) ? { ...delivery, handle: name } : delivery;
}
