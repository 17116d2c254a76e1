import type { Clock, Millis } from '../core/index.ts';
import type { SetupLink } from './access.ts';
import { type Dice, digestOf, LINK, newSecret, sameDigest } from './secrets.ts';

const LIVES: Millis = 30 * 60_000;

interface Link extends SetupLink {
  readonly digest: string;
  /** Of the clock that never jumps: to set the time back must not lengthen its life. */
  readonly ends: Millis;
}

/** The link that makes the first user: one at a time, used once, known to this process only, so that a new start makes a new one (S16). */
export class SetupLinks {
  readonly #parts: { readonly clock: Clock; readonly dice: Dice };
  #link: Link | null = null;

  constructor(parts: { readonly clock: Clock; readonly dice: Dice }) {
    this.#parts = parts;
  }

  /** The one that is valid, or a new one. */
  current(): SetupLink {
    const { clock, dice } = this.#parts;
    if (this.#link === null || this.#link.ends <= clock.monotonic()) {
      const { shown, digest } = newSecret(LINK, dice);
      this.#link = { secret: shown, digest, until: clock.now() + LIVES, ends: clock.monotonic() + LIVES };
    }
    const { secret, until } = this.#link;
    return { secret, until };
  }

  isValid(shown: string): boolean {
    const link = this.#link;
    return link !== null && sameDigest(digestOf(shown), link.digest) && this.#parts.clock.monotonic() < link.ends;
  }

  /** Uses it up, if it is the one: of many who come at once the first. Returns how to give it back, or null. */
  take(shown: string): (() => void) | null {
    if (!this.isValid(shown)) return null;
    const taken = this.#link;
    this.#link = null;
    return () => {
      this.#link ??= taken;
    };
  }

  /** There is a user: whatever link there was leads nowhere. */
  void(): void {
    this.#link = null;
  }
}
