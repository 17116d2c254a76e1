import type { Clock, Instant, Message, Millis } from '../../core/index.ts';

export interface AlarmParts {
  readonly site: string;
  readonly clock: Clock;
  readonly tellAtOnce: (message: Message) => void;
}

/** A disk that is full and free by turns is told of once in a while. */
const REST: Millis = 3_600_000;

/** What is told when nothing can be kept: once, from memory, since no outbox can hold it (R22). */
export class Alarm {
  readonly #parts: AlarmParts;
  #toldAt: Instant | null = null;

  constructor(parts: AlarmParts) {
    this.#parts = parts;
  }

  /** Tells of it, unless it told of such a thing lately. */
  raise(text: string): void {
    const { site, clock, tellAtOnce } = this.#parts;
    const at = clock.now();
    if (this.#toldAt !== null && Math.abs(at - this.#toldAt) < REST) return;
    this.#toldAt = at;
    const subject = `rollcall at ${site} ${text}`;
    const said = 'It goes on by itself once it can; what happens until then is seen, and not kept. "rollcall status" says more.';
    const id = `store-${at.toString(36)}`;
    const alert = {
      site,
      kind: 'opened',
      urgency: 'critical',
      rule: null,
      incident: null,
      thread: id,
      replaces: null,
      lines: [],
      more: 0,
    } as const;
    tellAtOnce({ id, at, subject, text: `${subject}\n\n${said}\n`, html: null, attachments: [], alert });
  }
}
