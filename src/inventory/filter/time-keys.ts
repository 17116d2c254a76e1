import { bad, type Device, good, type Instant, parseDuration, type Result } from '../../core/index.ts';
import type { Fits } from './filter.ts';

/** Keys about how long ago: 7d within the last seven days, >7d longer ago. */
export const TIME_KEYS = {
  new: since(({ firstSeen }) => firstSeen),
  seen: since(({ lastSeen }) => lastSeen),
};

function since(of: (device: Device) => Instant) {
  return (value: string): Result<Fits> => {
    const longer = value.startsWith('>');
    const length = parseDuration(value.replace(/^[<>]/, ''));
    if (length === undefined) return bad('it is no length of time', 'write one like 7d or 1h30m; longer ago than that: >7d');
    return good((device, { now }) => (longer ? of(device) < now - length : of(device) >= now - length));
  };
}
