import { useQuery } from '@tanstack/react-query';
import { client } from '../../../asked/client.ts';
import { useNow } from '../../../times/clock.tsx';
import type { Range } from './moment.ts';

export const SLOTS = 120;
const MINUTE = 60_000;

/** The end of what is remembered, to the minute: a slider that moves by itself cannot be held. */
export const useEnd = (): number => Math.ceil(useNow() / MINUTE) * MINUTE;

/** When the first change was that is remembered (epoch ms); null: there is none. */
export const useFirst = () =>
  useQuery({
    queryKey: ['changes.first'],
    queryFn: async ({ signal }) => {
      const [first] = await client.changes.list({ afterSeq: 0, limit: 1 }, { signal });
      return first === undefined ? null : Date.parse(first.at);
    },
    meta: { follows: ['commits'] },
  });

/** How many changes there were when. */
export const useHistogram = ({ since, until }: Range) =>
  useQuery({
    queryKey: ['changes.histogram', since, until],
    queryFn: ({ signal }) => client.changes.histogram({ since: iso(since), until: iso(until), slots: SLOTS }, { signal }),
    placeholderData: (before) => before,
    meta: { follows: ['commits'] },
  });

export const iso = (at: number): string => new Date(at).toISOString();

/** The moment of the next change after, or before, one; null: there is none. */
export async function neighbour(at: number, where: 'before' | 'after'): Promise<number | null> {
  const asked = where === 'after' ? { since: iso(at + 1) } : { until: iso(at - 1) };
  const [found] = await client.changes.list({ ...asked, limit: 1 });
  return found === undefined ? null : Date.parse(found.at);
}
