import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { fitting } from './asked.ts';

export interface Fitting {
  /** null: all of them. */
  readonly ids: ReadonlySet<number> | null;
  readonly failure: unknown;
  /** What is shown is of another filter yet. */
  readonly pending: boolean;
}

/** Which devices fit a filter. While one is asked, or cannot be read, those that fitted before it stay. */
export function useFitting(filter: string): Fitting {
  const asked = filter.trim();
  const [last, setLast] = useState<ReadonlySet<number> | null>(null);
  const { data, error, isPlaceholderData, isPending } = useQuery({
    queryKey: ['devices.match', asked],
    queryFn: ({ signal }) => fitting(asked, signal),
    enabled: asked !== '',
    // It follows the roll; that of another filter is of no use for long.
    gcTime: 10_000,
    retry: false,
    meta: { follows: ['commits'] },
  });
  const ids = asked === '' ? null : (data ?? last);
  useEffect(() => setLast(ids), [ids]);
  return { ids, failure: asked === '' ? null : error, pending: asked !== '' && (isPending || isPlaceholderData) && !error };
}
