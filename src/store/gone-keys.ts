import type { SpanDelta } from '../core/index.ts';

/** Keys of the addresses and ports that are no longer believed: they lose their sightings. */
export function goneKeys(close: SpanDelta['close'], open: SpanDelta['open']): string[] {
  const kept = new Set(open.filter(isSighted).map(({ key }) => key));
  return close.filter(isSighted).flatMap(({ key }) => (kept.has(key) ? [] : [key]));
}

const isSighted = ({ kind }: SpanDelta['close'][number]): boolean => kind === 'address' || kind === 'port';
