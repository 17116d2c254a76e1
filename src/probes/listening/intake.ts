import type { AddressRange, HeardCount, Instant, Mac, Millis, Sighting } from '../../core/index.ts';
import { createEchoes } from './echoes.ts';
import { isLocal } from './territory.ts';
import { createTurnstile, type TurnstileLimits } from './turnstile.ts';

/** A sighting without where and when. */
export type Seen = Omit<Sighting, 'at' | 'iface'>;

export type Reading = Seen | 'passed' | 'malformed';

export type Counts = { -readonly [K in keyof HeardCount]: number };

export interface Arrival {
  /** The sender's hardware address as a number; null when the frame cannot have one. */
  readonly sender: number | null;
  readonly at: Instant;
  readonly now: Millis;
  /** Reads it; called only when the sender has not used up its budget. */
  readonly read: () => Reading;
}

export interface IntakeOptions {
  readonly iface: string;
  readonly counts: Counts;
  readonly hear: (sighting: Sighting) => void;
  /** Whether a hardware address is of somebody we know. */
  readonly knows: (mac: Mac) => boolean;
  /** Addresses that neighbours can have, as things are now. */
  readonly territory: () => readonly AddressRange[];
  readonly start: Millis;
  readonly limits?: TurnstileLimits;
}

/** All that arrives at one interface goes through here, and is told, or counted with the reason why not. Keeps nothing waiting. */
export function createIntake({ iface, counts, hear, knows, territory, start, limits }: IntakeOptions): (arrival: Arrival) => void {
  const turnstile = createTurnstile(knows, start, limits);
  const echoes = createEchoes();
  return ({ sender, at, now, read }) => {
    counts.heard++;
    const reading = judge(sender, now, read);
    const seen = typeof reading === 'string' ? reading : atHome(reading, territory());
    if (typeof seen === 'string') counts[seen]++;
    else if (echoes.isEcho(seen, now)) counts.passed++;
    else {
      counts.told++;
      hear({ at, iface, ...seen });
    }
  };

  function judge(sender: number | null, now: Millis, read: () => Reading): Reading {
    if (sender === null) return 'malformed';
    return turnstile.admits(sender, now) ? read() : 'passed';
  }
}

/**
 * An address from elsewhere is not told. What ARP, neighbour discovery and the like say of their sender still holds
 * then; mDNS from elsewhere came through a router, and its sender is not who wrote it.
 */
function atHome(seen: Seen, territory: readonly AddressRange[]): Seen | 'passed' {
  if (seen.address === null || isLocal(territory, seen.address)) return seen;
  return seen.way === 'mdns' || seen.way === 'neighbour' ? 'passed' : { ...seen, address: null };
}
