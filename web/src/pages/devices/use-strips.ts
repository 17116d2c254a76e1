import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { client } from '../../asked/client.ts';
import type { Row } from './row.ts';
import { createStrips, type Strip, type Strips, stripsOf } from './strips.ts';

/** How far back strips go. */
export type Span = '24h' | '7d';

/** ms: rows that fly by are not asked for. */
const SOON = 80;

async function askStrips(span: Span, ids: readonly number[], signal: AbortSignal): Promise<ReadonlyMap<number, Strip>> {
  return stripsOf(await client.presence.strips({ devices: [...ids], since: span, slots: SLOTS[span] }, { signal }));
}

/** A quarter of an hour each, and an hour and three quarters. */
const SLOTS: Readonly<Record<Span, number>> = { '24h': 96, '7d': 96 };

/** Strips of rows in sight. The answer is another function whenever one of them came. */
export function useStrips(span: Span, inSight: readonly Row[]): (id: number) => Strip | undefined {
  const strips = useMemo<Strips>(
    () =>
      createStrips({
        ask: (ids, signal) => askStrips(span, ids, signal),
        now: Date.now,
        later: (work) => setTimeout(work, SOON),
      }),
    [span],
  );
  useEffect(() => strips.want(inSight), [strips, inSight]);
  const version = useSyncExternalStore(strips.subscribe, strips.version);
  return useMemo(() => (version < 0 ? () => undefined : (id: number) => strips.of(id)), [strips, version]);
}
