import { hash } from 'node:crypto';
import type { Millis, Sighting } from '../../core/index.ts';

/** Tells what was just said from what is new. */
export interface Echoes {
  /** Whether the same was told within the last second; if not, it is from now on. */
  isEcho(sighting: Omit<Sighting, 'at' | 'iface'>, now: Millis): boolean;
}

const SECOND: Millis = 1000;
/** Longer ones are kept as digests: a flood of long texts must not become a flood of memory. */
const LONGEST_KEY = 200;

/** Remembers for one to two seconds, in two halves: one that is written to, and the one before it. */
export function createEchoes(): Echoes {
  let fresh = new Map<string, Millis>();
  let old = new Map<string, Millis>();
  let turnedAt = 0;
  return {
    isEcho(sighting, now) {
      if (now - turnedAt >= SECOND) {
        old = now - turnedAt < 2 * SECOND ? fresh : new Map<string, Millis>();
        fresh = new Map();
        turnedAt = now;
      }
      const key = keyOf(sighting);
      const toldAt = fresh.get(key) ?? old.get(key);
      if (toldAt !== undefined && now - toldAt < SECOND) return true;
      fresh.set(key, now);
      return false;
    },
  };
}

function keyOf({ mac, address, way, names, clues }: Omit<Sighting, 'at' | 'iface'>): string {
  const words = [...names.map(({ name }) => name), ...clues.map(({ kind, value }) => `${kind} ${value}`)];
  const key = [way, mac, address ?? '', ...words].join('\n');
  return key.length > LONGEST_KEY ? hash('sha256', key, 'base64') : key;
}
