import { Checkbox } from '@mantine/core';
import { type MouseEvent, memo } from 'react';
import { useTexts } from '../../texts/language.tsx';
import { calledOfDevice } from './called.ts';
import { Card, Cell } from './cells.tsx';
import type { ColumnId } from './columns.ts';
import classes from './devices.module.css';
import type { Row } from './row.ts';
import type { Strip } from './strips.ts';

interface Props {
  readonly row: Row;
  readonly index: number;
  readonly top: number;
  readonly height: number;
  readonly columns: readonly ColumnId[];
  /** One card in place of cells. */
  readonly narrow: boolean;
  readonly selected: boolean;
  readonly active: boolean;
  readonly strip: Strip | undefined;
  readonly onPick: (index: number, event: MouseEvent) => void;
  readonly onActive: (index: number) => void;
}

export const rowDomId = (id: number): string => `device-row-${id}`;

/** One device. Drawn anew only when something of its own is otherwise. */
export const TableRow = memo(function TableRow({
  row,
  index,
  top,
  height,
  columns,
  narrow,
  selected,
  active,
  strip,
  onPick,
  onActive,
}: Props) {
  const { devices, words } = useTexts();
  return (
    <div
      id={rowDomId(row.id)}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={selected}
      data-active={active || undefined}
      data-device={row.id}
      className={classes.row}
      style={{ transform: `translateY(${top}px)`, height }}
      onClick={() => onActive(index)}
    >
      <div role="gridcell" aria-colindex={1} className={classes.pick}>
        <Checkbox
          size="xs"
          tabIndex={-1}
          aria-label={devices.select(calledOfDevice(row, words.nameless))}
          checked={selected}
          onChange={() => undefined}
          onClick={(event) => onPick(index, event)}
        />
      </div>
      {narrow ? (
        <div role="gridcell" aria-colindex={2} className={classes.cell}>
          <Card row={row} strip={strip} />
        </div>
      ) : (
        columns.map((column, i) => (
          <div
            key={column}
            role={column === 'name' ? 'rowheader' : 'gridcell'}
            aria-colindex={i + 2}
            className={classes.cell}
            data-column={column}
          >
            <Cell column={column} row={row} strip={column === 'presence' ? strip : undefined} />
          </div>
        ))
      )}
    </div>
  );
});
