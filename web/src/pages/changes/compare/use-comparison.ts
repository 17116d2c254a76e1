import { useEffect, useState } from 'react';
import type { ComparisonItem } from '../../../../../src/core/index.ts';
import { client } from '../../../asked/client.ts';
import { type Comparison, joined, NOTHING } from './joined.ts';

/** How often the page is drawn while thousands of devices arrive, in ms. */
const PACE = 150;

/** What differs between two sides, while it arrives. null: a side is not whole yet. */
export function useComparison(a: string | null, b: string | null): Comparison {
  const [comparison, set] = useState(NOTHING);
  useEffect(() => {
    set(NOTHING);
    if (a === null || b === null) return undefined;
    const over = new AbortController();
    void compare({ a, b, signal: over.signal, tell: (items) => set((known) => joined(known, items)) }).catch((failure: unknown) => {
      if (!over.signal.aborted) set((known) => ({ ...known, failure }));
    });
    return () => over.abort();
  }, [a, b]);
  return comparison;
}

interface Order {
  readonly a: string;
  readonly b: string;
  readonly signal: AbortSignal;
  readonly tell: (items: readonly ComparisonItem[]) => void;
}

async function compare({ a, b, signal, tell }: Order): Promise<void> {
  let waiting: ComparisonItem[] = [];
  let told = 0;
  const flush = (): void => {
    if (!signal.aborted && waiting.length > 0) tell(waiting);
    waiting = [];
    told = performance.now();
  };
  for await (const item of await client.diff.compare({ a, b }, { signal })) {
    waiting.push(item);
    if (performance.now() - told >= PACE) flush();
  }
  flush();
}
