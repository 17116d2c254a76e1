import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useLive } from './live.tsx';

/** What makes an answer old. A question names it in `meta: { follows: [...] }`. */
export type Follows = 'commits' | 'targets' | 'notifications' | 'incidents' | 'scans';

/** Answers are asked for anew at most this often, however much happens. */
const PACE = 2000;

/** Asks anew what is on the screen and became old by what the stream told. */
export function Freshener(): null {
  const queries = useQueryClient();
  useFollower(
    queries,
    'commits',
    useLive(({ seq }) => seq),
  );
  useFollower(
    queries,
    'targets',
    useLive(({ targetsTold }) => targetsTold),
  );
  useFollower(
    queries,
    'notifications',
    useLive(({ notificationsTold }) => notificationsTold),
  );
  useFollower(
    queries,
    'incidents',
    useLive(({ incidents }) => incidents),
  );
  useFollower(
    queries,
    'scans',
    useLive(({ scansEnded }) => scansEnded),
  );
  return null;
}

function useFollower(queries: QueryClient, follows: Follows, sign: unknown): void {
  const last = useRef({ at: 0, sign });
  useEffect(() => {
    if (last.current.sign === sign) return undefined;
    const wait = Math.max(0, last.current.at + PACE - Date.now());
    const timer = setTimeout(() => {
      last.current = { at: Date.now(), sign };
      void queries.invalidateQueries({ predicate: ({ meta }) => (meta?.['follows'] as Follows[] | undefined)?.includes(follows) ?? false });
    }, wait);
    return () => clearTimeout(timer);
  }, [queries, follows, sign]);
}
