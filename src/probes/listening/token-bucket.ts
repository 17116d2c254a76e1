import type { Millis } from '../../core/index.ts';

export interface Allowance {
  /** Tokens that come in a second. */
  readonly rate: number;
  /** Most tokens saved up. */
  readonly burst: number;
}

export interface TokenBucket {
  /** Takes a token; false when there is none. `now` never runs backwards. */
  take(now: Millis): boolean;
  /** Tokens there are, as a share of the most there can be. */
  fullness(now: Millis): number;
}

/** A full bucket that fills up again with time, which is passed in. */
export function createBucket({ rate, burst }: Allowance, start: Millis): TokenBucket {
  let tokens = burst;
  let filledAt = start;
  const fill = (now: Millis): void => {
    tokens = Math.min(burst, tokens + (Math.max(0, now - filledAt) * rate) / 1000);
    filledAt = Math.max(filledAt, now);
  };
  return {
    take(now) {
      fill(now);
      if (tokens < 1) return false;
      tokens--;
      return true;
    },
    fullness(now) {
      fill(now);
      return tokens / burst;
    },
  };
}
