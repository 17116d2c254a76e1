import type { LiveItem } from '../../../src/contract/index.ts';
import { fold } from './fold.ts';
import { type LiveState, NOTHING_YET } from './state.ts';

/** How the stream does. `since` in epoch ms: since when it is in trouble. */
export type Link = { readonly is: 'connecting' } | { readonly is: 'live' } | { readonly is: 'troubled'; readonly since: number };

export interface LiveStore {
  readonly state: () => LiveState;
  readonly link: () => Link;
  /** Takes in what the stream told; listeners hear of it once a batch. */
  readonly tell: (item: LiveItem) => void;
  readonly setLink: (link: Link) => void;
  readonly subscribe: (listener: () => void) => () => void;
}

/** Runs `work` soon, once; how soon is the browser's affair. */
export type Later = (work: () => void) => void;

/**
 * What the page knows by the stream. Items are folded in batches: a commit of thousands, or a scan that tells of each host,
 * draws the page once.
 */
export function createLiveStore(later: Later): LiveStore {
  const listeners = new Set<() => void>();
  let state = NOTHING_YET;
  let link: Link = { is: 'connecting' };
  let waiting: LiveItem[] = [];

  const tellAll = (): void => {
    for (const listener of listeners) listener();
  };
  const take = (): void => {
    const items = waiting;
    waiting = [];
    state = fold(state, items);
    tellAll();
  };
  return {
    state: () => state,
    link: () => link,
    tell(item) {
      waiting.push(item);
      if (waiting.length === 1) later(take);
    },
    setLink(next) {
      link = next;
      tellAll();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
