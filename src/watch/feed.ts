import type { FeedItem } from './keeper.ts';

/** The one timeline of what happens here. Listeners must be quick; one that throws does not disturb the others. */
export interface Feed {
  publish(item: FeedItem): void;
  /** Returns how to end the subscription. */
  subscribe(listener: (item: FeedItem) => void): () => void;
}

export function createFeed(onFault: (fault: unknown) => void): Feed {
  const listeners = new Set<(item: FeedItem) => void>();
  return {
    publish(item) {
      for (const listener of listeners) {
        try {
          listener(item);
        } catch (fault) {
          onFault(fault);
        }
      }
    },
    subscribe(listener) {
      // Wrapped, so that one function subscribed twice gets and ends two subscriptions.
      const own = (item: FeedItem): void => listener(item);
      listeners.add(own);
      return () => void listeners.delete(own);
    },
  };
}
