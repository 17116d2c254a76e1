import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { ChangeJson, IncidentJson } from '../../../../../src/contract/index.ts';
import { useTexts } from '../../../texts/language.tsx';
import classes from '../changes.module.css';
import { ChangeRow } from './change-row.tsx';
import { incidentOf } from './incident-of.ts';

interface Props {
  readonly changes: readonly ChangeJson[];
  readonly incidents: readonly IncidentJson[];
  readonly why: (seq: number) => void;
  /** Called when the end comes near. */
  readonly more: () => void;
}

const NEAR = 20;

/** As many rows as fit on the screen, of however many there are. */
export function ChangeList({ changes, incidents, why, more }: Props) {
  const { changes: texts } = useTexts();
  const list = useRef<HTMLUListElement>(null);
  const [margin, setMargin] = useState(0);
  useLayoutEffect(() => setMargin(list.current?.offsetTop ?? 0), []);
  const rows = useWindowVirtualizer({
    count: changes.length,
    estimateSize: () => 44,
    overscan: 12,
    scrollMargin: margin,
    getItemKey: (index) => changes[index]?.seq ?? index,
  });
  const shown = rows.getVirtualItems();
  const last = shown.at(-1)?.index ?? -1;
  useEffect(() => {
    if (last >= 0 && last >= changes.length - NEAR) more();
  }, [last, changes.length, more]);
  return (
    <ul ref={list} className={classes.list} style={{ height: rows.getTotalSize() }} aria-label={texts.title} data-changes={changes.length}>
      {shown.map(({ index, key, start }) => {
        const change = changes[index];
        return (
          change && (
            <li
              key={key}
              data-index={index}
              data-seq={change.seq}
              ref={rows.measureElement}
              className={classes.row}
              style={{ transform: `translateY(${start - margin}px)` }}
            >
              <ChangeRow change={change} incident={incidentOf(change, incidents)} why={why} />
            </li>
          )
        );
      })}
    </ul>
  );
}
