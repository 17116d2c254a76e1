import { type Instant, type QuietWindow, quietAt, quietChanges } from '../core/index.ts';
import { DAY, MINUTE } from './spans.ts';

/** Reads off a zone's clock which windows hold and until when; what was read once in a step is not read again. */
export class ClockFace {
  readonly #zone: string;
  readonly #read = new Map<readonly QuietWindow[], Map<number, Hold | null>>();

  constructor(zone: string) {
    this.#zone = zone;
  }

  /** The window that holds at a moment, and when it is past; null: none does. */
  holdAt(windows: readonly QuietWindow[], at: Instant): Hold | null {
    if (windows.length === 0) return null;
    const known = this.#read.get(windows) ?? new Map<number, Hold | null>();
    this.#read.set(windows, known);
    const minute = Math.floor(at / MINUTE);
    const read = known.get(minute);
    if (read !== undefined) return read;
    const hold = this.#hold(windows, minute * MINUTE);
    known.set(minute, hold);
    return hold;
  }

  #hold(windows: readonly QuietWindow[], at: Instant): Hold | null {
    const hours = { windows, zone: this.#zone };
    const window = quietAt(hours, at);
    return window === undefined ? null : { text: window.text, until: quietChanges(hours, at) ?? at + LONGEST };
  }
}

export interface Hold {
  /** As the window is written. */
  readonly text: string;
  readonly until: Instant;
}

/** Where it is quiet for ever, it is asked again after this long. */
const LONGEST = 14 * DAY;
