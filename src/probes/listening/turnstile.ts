import type { Millis } from '../../core/index.ts';
import { type Allowance, createBucket, type TokenBucket } from './token-bucket.ts';

/** Who may be heard, by sender: what a flood costs is decided here, before its frames are read. */
export interface Turnstile {
  /** Whether a frame of this sender (any number that stands for it) is taken in. */
  admits(sender: number, now: Millis): boolean;
  readonly knownSenders: number;
}

export interface TurnstileLimits {
  /** Of each sender alone. */
  readonly sender: Allowance;
  /** Of all senders together that were heard before. */
  readonly known: Allowance;
  /** Of all others together. */
  readonly strangers: Allowance;
  readonly mostKnown: number;
  readonly mostStrangers: number;
  /** A known sender that was silent for so long gives its place to a new one. */
  readonly forgetAfter: Millis;
}

export const TURNSTILE_LIMITS: TurnstileLimits = {
  sender: { rate: 8, burst: 32 },
  known: { rate: 2000, burst: 16_000 },
  strangers: { rate: 200, burst: 1000 },
  mostKnown: 16_384,
  mostStrangers: 4096,
  forgetAfter: 24 * 3_600_000,
};

interface Sender {
  readonly bucket: TokenBucket;
  heardAt: Millis;
}

/**
 * Known senders pay from a budget that strangers cannot touch. A stranger becomes known in calm times only, while the
 * strangers' budget is half full: so a flood of made-up senders fills neither the table nor the known ones' budget.
 */
export function createTurnstile(start: Millis, limits: TurnstileLimits = TURNSTILE_LIMITS): Turnstile {
  const known = new Map<number, Sender>();
  const strangers = new Map<number, Sender>();
  const budgets = { known: createBucket(limits.known, start), strangers: createBucket(limits.strangers, start) };

  const admitsKnown = (id: number, sender: Sender, now: Millis): boolean => {
    if (!sender.bucket.take(now) || !budgets.known.take(now)) return false;
    // In the order of who was heard last, so that the first one is the longest silent.
    known.delete(id);
    known.set(id, sender);
    sender.heardAt = now;
    return true;
  };
  const admitsStranger = (id: number, now: Millis): boolean => {
    if (budgets.strangers.fullness(now) * limits.strangers.burst < 1) return false;
    const sender = strangers.get(id) ?? { bucket: createBucket(limits.sender, now), heardAt: now };
    if (!sender.bucket.take(now)) return false;
    budgets.strangers.take(now);
    if (budgets.strangers.fullness(now) >= 0.5 && hasRoom(known, limits, now)) {
      strangers.delete(id);
      known.set(id, sender);
    } else keepStranger(strangers, id, { sender, most: limits.mostStrangers });
    return true;
  };
  return {
    admits(id, now) {
      const sender = known.get(id);
      return sender === undefined ? admitsStranger(id, now) : admitsKnown(id, sender, now);
    },
    get knownSenders() {
      return known.size;
    },
  };
}

function hasRoom(known: Map<number, Sender>, { mostKnown, forgetAfter }: TurnstileLimits, now: Millis): boolean {
  if (known.size < mostKnown) return true;
  const [id, longestSilent] = known.entries().next().value as [number, Sender];
  if (now - longestSilent.heardAt < forgetAfter) return false;
  known.delete(id);
  return true;
}

function keepStranger(strangers: Map<number, Sender>, id: number, { sender, most }: { sender: Sender; most: number }): void {
  strangers.set(id, sender);
  if (strangers.size > most) strangers.delete(strangers.keys().next().value as number);
}
