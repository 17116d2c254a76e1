import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from 'react';
import { client } from '../asked/client.ts';
import type { LiveState } from './state.ts';
import { createLiveStore, type Link, type LiveStore } from './store.ts';
import { followStream } from './stream.ts';

const LiveContext = createContext<LiveStore | null>(null);

/** At most so often is the page drawn for what the stream tells. */
const BATCH = 200;

interface Props {
  readonly children: ReactNode;
  /** The daemon does not know the caller (any more). */
  readonly onStranger: () => void;
}

/** Holds the stream open while the page is, and hands what it tells to all below. */
export function Live({ children, onStranger }: Props) {
  const [store] = useState(() => createLiveStore((work) => setTimeout(work, BATCH)));
  useEffect(() => {
    const over = new AbortController();
    const onFailure = (failure: unknown): boolean => {
      if (!isStranger(failure)) return true;
      onStranger();
      return false;
    };
    const open: Parameters<typeof followStream>[0]['open'] = ({ lastEventId, signal, heard }) =>
      client.live({ slim: true }, { signal, context: { heard }, ...(lastEventId === undefined ? {} : { lastEventId }) });
    void followStream({ store, open, now: Date.now, pause: pauseUntilHope, onFailure }, over.signal);
    return () => over.abort();
  }, [store, onStranger]);
  return <LiveContext value={store}>{children}</LiveContext>;
}

const isStranger = (failure: unknown): boolean =>
  typeof failure === 'object' && failure !== null && 'status' in failure && failure.status === 401;

/** Shorter when there is a reason to hope. */
function pauseUntilHope(ms: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const over = new AbortController();
  const options = { signal: over.signal };
  const timer = setTimeout(resolve, ms);
  signal.addEventListener('abort', () => resolve(), options);
  addEventListener('online', () => resolve(), options);
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && resolve(), options);
  return promise.finally(() => {
    clearTimeout(timer);
    over.abort();
  });
}

function useStore(): LiveStore {
  const store = useContext(LiveContext);
  if (!store) throw new TypeError('what is live is asked for outside <Live>');
  return store;
}

/** A part of what is live. `pick` has to give the same object while nothing changed. */
export function useLive<T>(pick: (state: LiveState) => T): T {
  const store = useStore();
  return useSyncExternalStore(store.subscribe, () => pick(store.state()));
}

export function useLink(): Link {
  const store = useStore();
  return useSyncExternalStore(store.subscribe, store.link);
}
