import type { HeardCount, Millis } from '../core/index.ts';
import { HeardNews, type NewsParts } from './heard-news.ts';
import { holderOf } from './overheard.ts';
import { overlap } from './places.ts';

export interface ListeningParts extends NewsParts {
  trouble(topic: string, text: string | null): void;
}

/** How long to wait before listening is tried again. */
const AGAIN: Millis = 60_000;

/** What passes by on the wires of watched networks, and becomes true within the blink of an eye. */
export class Listening {
  readonly #parts: ListeningParts;
  readonly #news: HeardNews;
  readonly #stop = new AbortController();
  #round: { readonly ifaces: string; readonly end: AbortController } | null = null;
  #rounds: Promise<void> = Promise.resolve();
  #started = false;

  constructor(parts: ListeningParts) {
    this.#parts = parts;
    this.#news = new HeardNews(parts);
  }

  start(): void {
    this.#started = true;
    this.refresh();
  }

  /** Listens on the wires that hold something watched; to be called again whenever that may have changed. */
  refresh(): void {
    if (!this.#started || this.#stop.signal.aborted) return;
    const ifaces = this.#ifaces();
    const key = ifaces.join(' ');
    if (key === (this.#round?.ifaces ?? '')) return;
    this.#round?.end.abort();
    const end = new AbortController();
    this.#round = key === '' ? null : { ifaces: key, end };
    if (key !== '') this.#rounds = Promise.all([this.#rounds, this.#listen(ifaces, end.signal)]).then(() => {});
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    this.#round?.end.abort();
    await Promise.all([this.#rounds, this.#news.settled()]);
    await this.#news.settled(); // what was heard until the very end
  }

  /** What became of all that was heard; null while nobody listens. News too many to wait for a commit count as dropped. */
  get heard(): (HeardCount & { readonly ifaces: readonly string[] }) | null {
    if (this.#round === null) return null;
    const { count } = this.#parts.listener;
    return { ...count, dropped: count.dropped + this.#news.missed, ifaces: this.#round.ifaces.split(' ') };
  }

  #ifaces(): string[] {
    const { networks, places } = this.#parts;
    const watched = places().flatMap(({ ranges }) => ranges);
    const near = networks().filter(({ loopback, range }) => !loopback && overlap([range], watched));
    return [...new Set(near.map(({ iface }) => iface))].sort();
  }

  async #listen(ifaces: readonly string[], signal: AbortSignal): Promise<void> {
    const { listener, ledger, clock, log, trouble } = this.#parts;
    const hear = this.#news.hear.bind(this.#news);
    while (!signal.aborted) {
      const cause = await listener.listen({ ifaces, hear, knows: (mac) => holderOf(ledger.roll, mac) !== undefined }, signal);
      if (cause === null || signal.aborted) return;
      log.warn({ ifaces, cause }, 'listening ended');
      trouble('listening', `cannot listen on ${ifaces.join(', ')}: ${cause.text}; newcomers are seen by the next sweep`);
      // What is missing does not come back by itself within seconds; what broke may.
      await clock.sleep(AGAIN, signal);
      trouble('listening', null);
    }
  }
}
