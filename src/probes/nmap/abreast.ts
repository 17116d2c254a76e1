import { type AddressRange, countAddresses, subtractRanges } from '../../core/index.ts';
import type { Part } from '../vantage/parts.ts';

/** Runs of nmap at once for exact pairs: each asks few ports and mostly waits for answers. */
export const MOST_ABREAST = 8;

/** Runs all parts, at most `most` at a time and never two that ask one host; gives what each came to, in their order. */
export async function abreast<End>(parts: readonly Part[], most: number, run: (part: Part, index: number) => Promise<End>): Promise<End[]> {
  const waiting = new Map(parts.entries());
  const running = new Map<number, Promise<void>>();
  const ends: End[] = [];
  const follow = async (part: Part, index: number): Promise<void> => {
    ends[index] = await run(part, index);
    running.delete(index);
  };
  while (waiting.size + running.size > 0) {
    for (const [index, part] of waiting) {
      if (running.size >= most) break;
      if ([...running.keys()].some((other) => touch((parts[other] as Part).ranges, part.ranges))) continue;
      waiting.delete(index);
      running.set(index, follow(part, index));
    }
    await Promise.race(running.values());
  }
  return ends;
}

const touch = (some: readonly AddressRange[], others: readonly AddressRange[]): boolean =>
  countAddresses(subtractRanges(some, others)) !== countAddresses(some);
