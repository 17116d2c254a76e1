import { type Device, type DeviceType, type Instant, orFault } from '../core/index.ts';
import { guessType, parseFilter, type TypeGuess } from '../inventory/index.ts';

/** Which devices a filter means at a moment; without one all of them. Refuses what is no filter, pointing at the word. */
export function chosenBy(filter: string | undefined, now: Instant): (device: Device) => boolean {
  if (filter === undefined) return () => true;
  const { matches } = orFault(parseFilter(filter));
  return (device) => matches(device, { now, typeOf });
}

const guesses = new WeakMap<Device, { readonly guess: TypeGuess | null }>();

/** What a device is taken for; worked out once for each belief about it. */
export function guessOf(device: Device): TypeGuess | null {
  const known = guesses.get(device) ?? { guess: guessType(device) };
  guesses.set(device, known);
  return known.guess;
}

/** As a person said, else as it is taken for; null when nobody knows. */
export const typeOf = (device: Device): DeviceType | null => device.labels.type ?? guessOf(device)?.type ?? null;
