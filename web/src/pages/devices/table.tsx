import { useMediaQuery } from '@mantine/hooks';
import { type CSSProperties, type MouseEvent, useCallback, useMemo, useRef } from 'react';
import { useTexts } from '../../texts/language.tsx';
import type { ColumnId } from './columns.ts';
import classes from './devices.module.css';
import type { Sort } from './sort.ts';
import type { DeviceTable } from './table-features.ts';
import { TableHead } from './table-head.tsx';
import { rowDomId, TableRow } from './table-row.tsx';
import { useDrawnRows } from './use-drawn-rows.ts';
import { useGridKeys } from './use-grid-keys.ts';
import { type Span, useStrips } from './use-strips.ts';

interface Props {
  readonly table: DeviceTable;
  readonly sort: Sort;
  readonly onSort: (sort: Sort) => void;
  readonly span: Span;
}

const [ROW, CARD, HEAD] = [36, 72, 36];
const PICK = 40;
const NOTHING: never[] = [];

/** All devices that fit, of which only those in sight are drawn. */
export function DevicesTable({ table, sort, onSort, span }: Props) {
  const { devices } = useTexts();
  const scroller = useRef<HTMLDivElement>(null);
  const narrow = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false }) ?? false;
  const rows = table.getRowModel().rows;
  const height = narrow ? CARD : ROW;
  const head = narrow ? 0 : HEAD;
  const keys = useGridKeys({ table, rows, scroller, page: () => Math.floor(((scroller.current?.clientHeight ?? 0) - head) / height) });
  const { active } = keys;
  const { items, inSight, total, scrollTo } = useDrawnRows({ rows, scroller, height, head, active });
  keys.scrollTo.current = scrollTo;
  const showsStrips = narrow || table.getColumn('presence')?.getIsVisible() === true;
  const stripOf = useStrips(span, showsStrips ? inSight : NOTHING);
  const leafs = table.getVisibleLeafColumns();
  const shown = useMemo(() => leafs.map(({ id }) => id as ColumnId), [leafs]);
  const tracks = leafs.map((column) => `minmax(${column.getSize()}px, ${column.id === 'name' ? 2 : 1}fr)`).join(' ');
  const activeRow = rows[active];
  const onPick = useCallback((index: number, event: MouseEvent) => rows[index]?.getToggleSelectedHandler()(event), [rows]);
  const style = {
    '--tracks': narrow ? `${PICK}px minmax(0, 1fr)` : `${PICK}px ${tracks}`,
    '--total': narrow ? '0px' : `${PICK + table.getTotalSize()}px`,
  } as CSSProperties;
  return (
    <div
      ref={scroller}
      className={classes.scroller}
      style={style}
      role="grid"
      tabIndex={0}
      aria-label={devices.table}
      aria-rowcount={rows.length + 1}
      aria-colcount={narrow ? 2 : shown.length + 1}
      aria-multiselectable="true"
      aria-activedescendant={activeRow && rowDomId(activeRow.original.id)}
      onKeyDown={keys.onKeyDown}
    >
      {!narrow && <TableHead table={table} sort={sort} onSort={onSort} />}
      <div role="rowgroup" className={classes.body} style={{ height: total }}>
        {items.map(({ index, start }) => {
          const row = rows[index];
          return (
            row && (
              <TableRow
                key={row.id}
                row={row.original}
                index={index}
                top={start - head}
                height={height}
                columns={shown}
                narrow={narrow}
                selected={row.getIsSelected()}
                active={index === active}
                strip={stripOf(row.original.id)}
                onPick={onPick}
                onActive={keys.activate}
              />
            )
          );
        })}
      </div>
    </div>
  );
}
