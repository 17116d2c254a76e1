import type { Millis } from '../../core/index.ts';
import type { Answer } from './source.ts';

/** What is known of one source's word on one host. */
export interface Remembered {
  /** The last answer, however long ago; null: there never was one. */
  readonly answer: Answer | null;
  /** When it was last asked, by a clock that never runs backwards. */
  readonly askedAt: Millis;
  /** How often in a row it kept silent since. */
  readonly silences: number;
}

export interface NameMemory {
  recall(key: string): Remembered | undefined;
  /** Notes that it was asked; `answer` null: it kept silent. */
  keep(key: string, answer: Answer | null, at: Millis): void;
}

/** Forgets what was asked for longest ago when there is more than `limit`. */
export function createMemory(limit = 20_000): NameMemory {
  const kept = new Map<string, Remembered>();
  const touch = (key: string, entry: Remembered): void => {
    kept.delete(key);
    kept.set(key, entry);
  };
  return {
    recall(key) {
      const entry = kept.get(key);
      if (entry !== undefined) touch(key, entry);
      return entry;
    },
    keep(key, answer, at) {
      const before = kept.get(key);
      const entry =
        answer === null
          ? { answer: before?.answer ?? null, askedAt: at, silences: (before?.silences ?? 0) + 1 }
          : { answer, askedAt: at, silences: 0 };
      touch(key, entry);
      const [oldest] = kept.keys();
      if (kept.size > limit && oldest !== undefined) kept.delete(oldest);
    },
  };
}

const MINUTE: Millis = 60_000;
const HOUR: Millis = 60 * MINUTE;

/** After each silence in a row; the last holds for all further ones. */
const PATIENCE: readonly [Millis, ...Millis[]] = [15 * MINUTE, HOUR, 6 * HOUR];
/** A server of names costs little, and its answers change when leases do. */
const SERVER_AGAIN = 10 * MINUTE;

/** How long after it was asked a source is asked again. `refresh`: for hosts that answer. */
export function againAfter(source: string, { silences }: Remembered, refresh: Millis): Millis {
  if (source === 'dns') return SERVER_AGAIN;
  return silences === 0 ? refresh : (PATIENCE[silences - 1] ?? (PATIENCE.at(-1) as Millis));
}
