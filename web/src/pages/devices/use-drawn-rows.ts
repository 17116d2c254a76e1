import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useCallback, useEffect, useMemo } from 'react';

interface Parts<T> {
  readonly rows: readonly { readonly id: string; readonly original: T }[];
  readonly scroller: RefObject<HTMLElement | null>;
  /** px of a row, and of what stays above them. */
  readonly height: number;
  readonly head: number;
  /** Index of the row that is named by the grid, so that it has to be there; -1: none. */
  readonly active: number;
}

/** Which rows are drawn: those in sight, some around them, and the active one. */
export function useDrawnRows<T>({ rows, scroller, height, head, active }: Parts<T>) {
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 6,
    scrollMargin: head,
    scrollPaddingStart: head,
    rangeExtractor: useCallback(
      (range: Range) => {
        const drawn = defaultRangeExtractor(range);
        return active < 0 || drawn.includes(active) ? drawn : [...drawn, active].sort((a, b) => a - b);
      },
      [active],
    ),
  });
  useEffect(() => virtualizer.measure(), [virtualizer, height]);
  const items = virtualizer.getVirtualItems();
  const [first, last] = [virtualizer.range?.startIndex ?? 0, virtualizer.range?.endIndex ?? -1];
  const inSight = useMemo(() => rows.slice(first, last + 1).map(({ original }) => original), [rows, first, last]);
  return {
    items,
    inSight,
    total: virtualizer.getTotalSize(),
    scrollTo: (index: number) => virtualizer.scrollToIndex(index, { align: 'auto' }),
  };
}
