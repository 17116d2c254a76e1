import { Checkbox, UnstyledButton } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useTexts } from '../../texts/language.tsx';
import type { ColumnId } from './columns.ts';
import classes from './devices.module.css';
import { sortBy } from './look.ts';
import type { Sort } from './sort.ts';
import type { DeviceTable } from './table-features.ts';

interface Props {
  readonly table: DeviceTable;
  readonly sort: Sort;
  readonly onSort: (sort: Sort) => void;
}

/** Heads of columns: they sort, and are pulled wider. */
export function TableHead({ table, sort, onSort }: Props) {
  const { devices } = useTexts();
  const headers = table.getHeaderGroups()[0]?.headers ?? [];
  return (
    <div role="row" aria-rowindex={1} className={classes.head}>
      <div role="columnheader" aria-colindex={1} className={classes.pick}>
        <Checkbox
          size="xs"
          aria-label={devices.selectAll}
          checked={table.getIsAllRowsSelected()}
          indeterminate={table.getIsSomeRowsSelected() && !table.getIsAllRowsSelected()}
          onChange={table.getToggleAllRowsSelectedHandler()}
        />
      </div>
      {headers.map((header, i) => {
        const id = header.id as ColumnId;
        const sorted = sort.by === id;
        const Arrow = sort.descending ? IconArrowDown : IconArrowUp;
        return (
          <div
            key={id}
            role="columnheader"
            aria-colindex={i + 2}
            aria-sort={sorted ? (sort.descending ? 'descending' : 'ascending') : 'none'}
            className={classes.columnHead}
          >
            <UnstyledButton className={classes.sorter} onClick={() => onSort(sortBy(sort, id))}>
              <span>{devices.columns[id]}</span>
              {sorted && <Arrow size={14} aria-hidden="true" style={{ flex: 'none' }} />}
            </UnstyledButton>
            <div
              className={classes.handle}
              aria-hidden="true"
              onMouseDown={header.getResizeHandler()}
              onTouchStart={header.getResizeHandler()}
            />
          </div>
        );
      })}
    </div>
  );
}
