import { type RowSelectionState, useTable } from '@tanstack/react-table';
import { type Dispatch, type SetStateAction, useMemo } from 'react';
import { type Arrangement, COLUMNS, isColumn, withWidth } from './columns.ts';
import type { Row } from './row.ts';
import { columns, type DeviceTable, features } from './table-features.ts';

interface Parts {
  readonly rows: Row[];
  readonly arrangement: Arrangement;
  readonly arrange: (next: Arrangement) => void;
  readonly selection: RowSelectionState;
  readonly select: Dispatch<SetStateAction<RowSelectionState>>;
}

const idOf = ({ id }: Row): string => String(id);

/** The table of the page: its rows come sorted and filtered, its columns as they were arranged. */
export function useDeviceTable({ rows, arrangement, arrange, selection, select }: Parts): DeviceTable {
  const state = useMemo(() => {
    const shown = new Set<string>(arrangement.shown);
    return {
      columnOrder: [...arrangement.shown],
      columnVisibility: Object.fromEntries(COLUMNS.map(({ id }) => [id, shown.has(id)])),
      columnSizing: { ...arrangement.widths },
    };
  }, [arrangement]);
  return useTable({
    features,
    columns,
    data: rows,
    getRowId: idOf,
    state: { ...state, rowSelection: selection },
    onRowSelectionChange: select,
    columnResizeMode: 'onChange',
    onColumnSizingChange(change) {
      const sizes = typeof change === 'function' ? change(state.columnSizing) : change;
      let next = arrangement;
      for (const [id, width] of Object.entries(sizes))
        if (isColumn(id) && arrangement.widths[id] !== width) next = withWidth(next, id, width);
      arrange(next);
    },
  });
}
