import { type Millis, parseAddress } from '../core/index.ts';
import { keyOf, LONGEST_NAME } from './names.ts';

const MINUTE: Millis = 60_000;
const FIRST_LOCK: Millis = 15 * MINUTE;
const LONGEST_LOCK: Millis = 4 * 60 * MINUTE;
/** What led to no lock is forgotten after this long without another failure. */
const FORGOTTEN: Millis = 15 * MINUTE;
/** Locks grow until nothing was wrong for this long. */
const FORGIVEN: Millis = 24 * 60 * MINUTE;
/** A flood from many addresses must not fill the memory: the oldest are forgotten first. */
const REMEMBERED = 10_000;

/** What is counted, and how often it may be wrong. */
interface Key {
  readonly text: string;
  readonly most: number;
}

interface Failures {
  wrong: number;
  /** Under way: whether they are wrong is not known yet. */
  trying: number;
  locks: number;
  last: Millis;
  lockedUntil: Millis;
}

/** Leave to try once. One of the three must be called. */
export interface Attempt {
  wrong(now: Millis): void;
  right(): void;
  /** It could not be told. */
  neither(): void;
}

export type Leave =
  | { readonly given: true; readonly attempt: Attempt }
  | { readonly given: false /** null: others are trying. */; readonly wait: Millis | null };

/**
 * How often somebody may be wrong (S17): five times for a name from an address, then they wait a quarter of an hour, then half an hour, and so on up to four; twenty
 * times from an address, whatever the names. So whoever guesses at one name keeps nobody else out, not even at that address; who is right begins anew.
 * Names that nobody has are counted alike. Times are of a clock that never jumps.
 */
export class Limits {
  readonly #failures = new Map<string, Failures>();

  ask(name: string, from: string | null, now: Millis): Leave {
    const place = placeOf(from);
    const own = { text: `${keyOf(name.slice(0, LONGEST_NAME))} from ${place}`, most: 5 };
    const keys: readonly Key[] = [own, { text: place, most: 20 }];
    const wait = Math.max(...keys.map(({ text }) => (this.#failures.get(text)?.lockedUntil ?? 0) - now));
    if (wait > 0) return { given: false, wait };
    if (keys.some((key) => this.#isFull(key, now))) return { given: false, wait: null };
    for (const { text } of keys) this.#of(text, now).trying++;
    return { given: true, attempt: this.#attempt(keys, own) };
  }

  #attempt(keys: readonly Key[], own: Key): Attempt {
    let open = true;
    const close = (then: (key: Key) => void): void => {
      if (!open) return;
      open = false;
      for (const key of keys) {
        const known = this.#failures.get(key.text);
        if (known) known.trying--;
        then(key);
      }
    };
    return {
      wrong: (now) => close((key) => this.#wrong(key, now)),
      // An address is not forgiven: whoever has an account of their own could guess at others' between two sign-ins.
      right: () => close((key) => void (key === own && this.#forget(key))),
      neither: () => close(() => {}),
    };
  }

  #isFull({ text, most }: Key, now: Millis): boolean {
    const known = this.#failures.get(text);
    return known !== undefined && wrongOf(known, now) + known.trying >= most;
  }

  #wrong({ text, most }: Key, now: Millis): void {
    const known = this.#of(text, now);
    const locks = now - known.last < FORGIVEN ? known.locks : 0;
    Object.assign(known, { wrong: wrongOf(known, now) + 1, locks, last: now });
    if (known.wrong < most) return;
    const lock = Math.min(FIRST_LOCK * 2 ** known.locks, LONGEST_LOCK);
    Object.assign(known, { wrong: 0, locks: known.locks + 1, lockedUntil: now + lock });
  }

  /** What is known of a key, as the newest of all. */
  #of(text: string, now: Millis): Failures {
    const known = this.#failures.get(text) ?? { wrong: 0, trying: 0, locks: 0, last: now, lockedUntil: 0 };
    this.#failures.delete(text);
    this.#failures.set(text, known);
    for (const oldest of this.#failures.keys()) {
      if (this.#failures.size <= REMEMBERED) break;
      this.#failures.delete(oldest);
    }
    return known;
  }

  #forget({ text }: Key): void {
    const known = this.#failures.get(text);
    if (known && known.trying > 0) Object.assign(known, { wrong: 0, locks: 0 });
    else this.#failures.delete(text);
  }
}

const wrongOf = ({ wrong, last }: Failures, now: Millis): number => (now - last < FORGOTTEN ? wrong : 0);

/** Whoever has an IPv6 address has all of its /64. */
function placeOf(from: string | null): string {
  if (from === null) return 'here';
  const plain = from.split('%', 1)[0] ?? '';
  const address = parseAddress(plain);
  if (address === undefined) return plain.slice(0, LONGEST_NAME);
  if (address.family === 4) return `v4 ${address.value}`;
  return address.value >> 32n === 0xffffn ? `v4 ${address.value & 0xffff_ffffn}` : `v6 ${address.value >> 64n}`;
}
