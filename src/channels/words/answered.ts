import type { Delivery, Json, Millis } from '../../core/index.ts';
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
