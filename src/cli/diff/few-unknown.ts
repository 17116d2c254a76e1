import type { ComparisonItem } from '../../core/index.ts';
import { counted } from '../printers/scan-text.ts';

/** Devices of which nothing can be said that are told one by one. */
const TOLD = 5;

/** All that differs, and a few of those of which nothing can be said: a thousand of them would hide the rest. */
export async function* fewUnknown(items: AsyncIterable<ComparisonItem>): AsyncGenerator<ComparisonItem, void, void> {
  let silent = 0;
  for await (const item of items) {
    const isSilent = item.kind === 'device' && item.differences.length === 0;
    if (!isSilent || ++silent <= TOLD) yield item;
  }
}

/** What {@link fewUnknown} left out; null when that is nothing. */
export function unknownLeftOut({ unknown }: { readonly unknown: number }): string | null {
  return unknown > TOLD ? `of ${counted(unknown - TOLD, 'more device')} nothing can be said (--verbose tells them all)` : null;
}
