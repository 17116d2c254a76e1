import type { Device, DeviceType } from '../core/index.ts';
import { guessType, type TypeGuess } from '../inventory/index.ts';

const guesses = new WeakMap<Device, TypeGuess | null>();

/** What a device probably is. It stays the same object until something is learned of it, so it is guessed once. */
export function guessOf(device: Device): TypeGuess | null {
  const known = guesses.get(device);
  if (known !== undefined) return known;
  const guess = guessType(device);
  guesses.set(device, guess);
  return guess;
}

/** What it is: by the word of a person, else by guess. */
export const typeOf = (device: Device): DeviceType | null => device.labels.type ?? guessOf(device)?.type ?? null;
