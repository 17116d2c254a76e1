import { type ChannelSetup, formatDuration, type Instant, type Message, type Millis } from '../../core/index.ts';
import { Lane, type LaneParts } from './lane.ts';

/** What is under way when we stop may take this long to end by itself. */
const GRACE: Millis = 2000;

/** One lane for each channel there is. */
export class Lanes {
  readonly #parts: LaneParts;
  readonly #lanes = new Map<string, Lane>();
  #ending: Promise<unknown> = Promise.resolve();

  constructor(parts: LaneParts) {
    this.#parts = parts;
  }

  /** Has lanes to these channels and to no others. `anew`: also those that are the same are opened again. */
  refresh(setups: readonly ChannelSetup[], { anew = false } = {}): void {
    const names = new Set(setups.map(({ name }) => name));
    for (const [name, lane] of this.#lanes) {
      if (names.has(name)) continue;
      this.#lanes.delete(name);
      this.#ending = Promise.all([this.#ending, lane.end(GRACE)]);
    }
    for (const setup of setups) {
      const known = this.#lanes.get(setup.name);
      if (known) known.reset(setup, anew);
      else this.#lanes.set(setup.name, new Lane(setup, this.#parts));
    }
    this.poke();
  }

  /** There may be something to send. */
  poke(): void {
    for (const lane of this.#lanes.values()) lane.poke();
  }

  /** Tells all that take the usual rules, past the outbox. */
  tellAtOnce(message: Message): void {
    for (const lane of this.#lanes.values()) if (lane.setup.usual) lane.tellAtOnce(message);
  }

  /** Channels that are being told something. */
  get busy(): ReadonlySet<string> {
    return new Set([...this.#lanes.values()].flatMap(({ name, isBusy }) => (isBusy ? [name] : [])));
  }

  hindranceOf(channel: string): string | null {
    return this.#lanes.get(channel)?.hindrance?.reason ?? null;
  }

  /** In sentences: which channels cannot be told, and how late what waits for them is (R19). */
  troubles(now: Instant): readonly string[] {
    return [...this.#lanes.values()].flatMap(({ name, hindrance }) => {
      if (hindrance === null) return [];
      return [`cannot tell ${name}: ${hindrance.reason}; delivery delayed by ${formatDuration(roundly(now - hindrance.since))}`];
    });
  }

  async end(): Promise<void> {
    await Promise.all([this.#ending, ...[...this.#lanes.values()].map((lane) => lane.end(GRACE))]);
    this.#lanes.clear();
  }
}

/** In seconds, then in minutes: nobody counts seconds of an hour. */
function roundly(length: Millis): Millis {
  const unit = length < 60_000 ? 1000 : 60_000;
  return Math.max(0, Math.floor(length / unit) * unit);
}
