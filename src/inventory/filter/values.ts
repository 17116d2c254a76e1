import { bad, type Device, good, nearest, type Result } from '../../core/index.ts';
import type { Asked, Fits } from './filter.ts';
import { fold } from './fold.ts';

/** Stands for any value at all: owner:* has an owner, -owner:* has none. */
const ANY = '*';

/** Texts of a device of which one must be the value. */
export const oneOf =
  (of: (device: Device) => readonly string[]) =>
  (value: string): Result<Fits> => {
    if (value === ANY) return good((device) => of(device).length > 0);
    const wanted = fold(value);
    return good((device) => of(device).some((text) => fold(text) === wanted));
  };

/** Texts of a device of which one must hold the value. */
export const within =
  (of: (device: Device) => readonly string[]) =>
  (value: string): Result<Fits> => {
    if (value === ANY) return good((device) => of(device).some((text) => text !== ''));
    const wanted = fold(value);
    return good((device) => of(device).some((text) => text.toLowerCase().includes(wanted)));
  };

/** One of the words there are. */
export const word =
  (known: readonly string[], of: (device: Device, asked: Asked) => string | null) =>
  (value: string): Result<Fits> => {
    const wanted = value.toLowerCase();
    if (wanted === ANY) return good((device, asked) => of(device, asked) !== null);
    if (known.includes(wanted)) return good((device, asked) => of(device, asked) === wanted);
    const guess = nearest(wanted, known);
    return bad('there is no such value', guess === undefined ? `write one of ${known.join(', ')}` : `did you mean ${guess}?`);
  };

export const yesNo =
  (of: (device: Device, asked: Asked) => boolean) =>
  (value: string): Result<Fits> => {
    const wanted = value.toLowerCase();
    if (wanted !== 'yes' && wanted !== 'no') return bad('it is neither yes nor no', 'write yes or no');
    return good((device, asked) => of(device, asked) === (wanted === 'yes'));
  };
