import type { Row as TableRow } from '@tanstack/react-table';
import { type KeyboardEvent, type RefObject, useCallback, useMemo, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { rowFrom } from './grid-keys.ts';
import type { Row } from './row.ts';
import type { DeviceTable, features } from './table-features.ts';

interface Parts {
  readonly table: DeviceTable;
  readonly rows: readonly TableRow<typeof features, Row>[];
  readonly scroller: RefObject<HTMLElement | null>;
  /** Rows that are in sight at once. */
  readonly page: () => number;
}

/** The keyboard of the grid: it holds the focus, and one row is the active one, whatever is sorted or comes. */
export function useGridKeys({ table, rows, scroller, page }: Parts) {
  const [, go] = useLocation();
  const [activeId, setActiveId] = useState<string | null>(null);
  const scrollTo = useRef<(index: number) => void>(() => undefined);
  const active = useMemo(() => (activeId === null ? -1 : rows.findIndex(({ id }) => id === activeId)), [rows, activeId]);
  const activate = useCallback((index: number) => setActiveId(rows[index]?.id ?? null), [rows]);

  const moveTo = (to: number, pick: boolean): void => {
    if (pick) for (const one of rows.slice(Math.max(0, Math.min(active, to)), Math.max(active, to) + 1)) one.toggleSelected(true);
    activate(to);
    scrollTo.current(to);
  };
  const deed = (event: KeyboardEvent): (() => void) | null => {
    if (event.key === 'a' && (event.ctrlKey || event.metaKey)) return () => table.toggleAllRowsSelected(true);
    if (event.key === 'Escape') return () => table.resetRowSelection(true);
    const to = rowFrom(event.key, { index: active, count: rows.length, page: page() });
    return to === null ? ofRow(event.key) : () => moveTo(to, event.shiftKey);
  };
  /** What a key does with the active row. */
  const ofRow = (key: string): (() => void) | null => {
    const row = rows[active];
    if (row && key === ' ') return () => row.toggleSelected();
    return row && key === 'Enter' ? () => go(`/devices/${row.original.id}`) : null;
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    // Buttons and boxes within have keys of their own.
    if (event.target !== scroller.current) return;
    const todo = deed(event);
    if (todo === null) return;
    event.preventDefault();
    todo();
  };
  return { active, activate, onKeyDown, scrollTo };
}
