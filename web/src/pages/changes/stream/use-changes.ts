import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { client } from '../../../asked/client.ts';
import { type Asked, pageOf, questionOf, SPANS } from './asked.ts';

const SIZE = 200;
/** More new ones than this are told as "so many and more". */
export const MOST_NEW = 999;

/** Changes from the newest back as far as one reads; they stay as they are until `renew`. */
export function useChanges(asked: Asked) {
  const queries = useQueryClient();
  const key = ['changes.stream', asked];
  const told = useInfiniteQuery({
    queryKey: key,
    initialPageParam: undefined as number | undefined,
    queryFn: async ({ pageParam, signal }) => {
      const before = pageParam === undefined ? {} : { beforeSeq: pageParam };
      const answer = await client.changes.list({ limit: SIZE, ...before, ...questionOf(asked) }, { signal });
      return pageOf(answer, { size: SIZE, oldest: asked.span === null ? -Infinity : Date.now() - SPANS[asked.span] });
    },
    getNextPageParam: (page) => page.before,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnMount: 'always',
  });
  const pages = told.data?.pages;
  const changes = useMemo(() => pages?.flatMap((page) => page.changes) ?? [], [pages]);
  return { told, changes, renew: () => queries.resetQueries({ queryKey: key }) };
}

/** How many came since the newest of those shown. */
export function useNewer(asked: Asked, top: number | undefined): number {
  const newer = useQuery({
    queryKey: ['changes.newer', top, asked],
    enabled: top !== undefined,
    queryFn: async ({ signal }) =>
      (await client.changes.list({ afterSeq: top ?? 0, limit: MOST_NEW + 1, ...questionOf(asked) }, { signal })).length,
    meta: { follows: ['commits'] },
  });
  return newer.data ?? 0;
}
