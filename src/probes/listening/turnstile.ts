import type { Mac, Millis } from '../../core/index.ts';
import { type Allowance, createBucket, type TokenBucket } from './token-bucket.ts';

/** Who may be heard, by sender: what a flood costs is decided here, before its frames are read. */
export interface Turnstile {
  /** Whether a frame of this sender, its hardware address as a number, is taken in. */
  admits(sender: number, now: Millis): boolean;
  /** Senders it remembers. */
  readonly remembered: number;
}

export interface TurnstileLimits {
  /** Of each sender alone. */
  readonly sender: Allowance;
  /** Of all senders together that are known. */
  readonly known: Allowance;
  /** Of all others together. */
  readonly strangers: Allowance;
  /** Most senders of either sort that are remembered; of more, those that were silent longest are forgotten. */
  readonly most: { readonly known: number; readonly strangers: number };
}

export const TURNSTILE_LIMITS: TurnstileLimits = {
  sender: { rate: 8, burst: 32 },
  known: { rate: 2000, burst: 16_000 },
  strangers: { rate: 200, burst: 1000 },
  most: { known: 16_384, strangers: 4096 },
};

/**
 * Who is known pays from a budget that strangers cannot touch. Known is only who stands on the roll, as `knows` has it: who
 * merely speaks earns no place, or a flood of made-up senders would earn them all. It says how much is heard, of whom; what
 * of it is believed is not decided here.
 */
export function createTurnstile(knows: (mac: Mac) => boolean, start: Millis, limits: TurnstileLimits = TURNSTILE_LIMITS): Turnstile {
  const known = gate(limits.known, limits, { start, most: limits.most.known });
  const strangers = gate(limits.strangers, limits, { start, most: limits.most.strangers });
  return {
    // Asked for each frame: a stranger may be known by the next one.
    admits: (id, now) => (knows(macOf(id)) ? known : strangers).admits(id, now),
    get remembered() {
      return known.senders.size + strangers.senders.size;
    },
  };
}

interface Gate {
  readonly senders: ReadonlyMap<number, TokenBucket>;
  admits(id: number, now: Millis): boolean;
}

/** A budget that many share, and of which nobody takes more than one sender may. */
function gate(shared: Allowance, { sender }: Pick<TurnstileLimits, 'sender'>, { start, most }: { start: Millis; most: number }): Gate {
  const senders = new Map<number, TokenBucket>();
  const budget = createBucket(shared, start);
  return {
    senders,
    admits(id, now) {
      if (budget.fullness(now) * shared.burst < 1) return false;
      const bucket = senders.get(id) ?? createBucket(sender, now);
      // In the order of who was heard last, so that the first one is the longest silent.
      senders.delete(id);
      senders.set(id, bucket);
      if (senders.size > most) senders.delete(senders.keys().next().value as number);
      return bucket.take(now) && budget.take(now);
    },
  };
}

const OCTETS = Array.from({ length: 256 }, (_, n) => n.toString(16).padStart(2, '0'));

/** The hardware address that a number stands for. Quick: a flood asks for each of its frames. */
function macOf(sender: number): Mac {
  const [high, low] = [Math.floor(sender / 0x1000000), sender % 0x1000000];
  const half = (bits: number): string => `${OCTETS[bits >>> 16]}:${OCTETS[(bits >>> 8) & 255]}:${OCTETS[bits & 255]}`;
  return `${half(high)}:${half(low)}`;
}
