import type { FeedItem, Keeper } from '../watch/index.ts';

/** News a slow reader may have waiting; what comes beyond is lost to it. */
const NEWS_KEPT = 256;
/** Commits a slow reader may have waiting; then its feed ends, and it can resume from the store. */
const COMMITS_KEPT = 1000;

export interface FeedOrder {
  readonly keeper: Keeper;
  /** Ends the feed. */
  readonly signal?: AbortSignal | undefined;
  readonly wants: (item: FeedItem) => boolean;
}

/** The keeper's feed, read at the reader's own pace in bounded memory. */
export class FeedReader {
  readonly #waiting: FeedItem[] = [];
  #commits = 0;
  #closed = false;
  #wake: (() => void) | undefined;
  readonly #leave: () => void;

  constructor({ keeper, signal, wants }: FeedOrder) {
    const unsubscribe = keeper.subscribe((item) => {
      if (!this.#closed && wants(item)) this.#take(item);
    });
    const close = (): void => this.close();
    signal?.addEventListener('abort', close, { once: true });
    this.#leave = () => {
      unsubscribe();
      signal?.removeEventListener('abort', close);
    };
    if (signal?.aborted) this.close();
  }

  #take(item: FeedItem): void {
    if (item.kind === 'commit') this.#commits++;
    else if (this.#waiting.length >= NEWS_KEPT) return;
    if (this.#commits > COMMITS_KEPT) this.close();
    else this.#waiting.push(item);
    this.#wake?.();
  }

  /** The next item, or undefined when the feed has ended and all of it was read. */
  async next(): Promise<FeedItem | undefined> {
    while (this.#waiting.length === 0 && !this.#closed) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    const item = this.#waiting.shift();
    if (item?.kind === 'commit') this.#commits--;
    return item;
  }

  /** Takes in nothing more; what waits can still be read. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#leave();
    this.#wake?.();
  }
}
