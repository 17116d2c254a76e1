import { useCallback, useEffect, useRef } from 'react';
import type { Arrangement } from './columns.ts';
import { shownFrom } from './columns.ts';
import { type Look, USUAL_SORT } from './look.ts';
import { isSortKey } from './sort.ts';
import { usualView } from './usual-view.ts';
import { type Arranged, useViews } from './views-menu.tsx';

interface Parts {
  readonly look: Look;
  readonly setLook: (next: Partial<Look>) => void;
  readonly arrangement: Arrangement;
  readonly arrange: (next: Arrangement) => void;
  /** Nothing stood in the address when the page was opened. */
  readonly bare: boolean;
}

/** How the page is arranged, as a view has it; and how a view is picked: by somebody, or as the page opens. */
export function useArranged({ look, setLook, arrangement, arrange, bare }: Parts) {
  const pick = useCallback(
    ({ filter, columns, sort }: Arranged) => {
      setLook({ filter, sort: sort !== null && isSortKey(sort.by) ? { by: sort.by, descending: sort.descending } : USUAL_SORT });
      arrange({ shown: shownFrom(columns), widths: arrangement.widths });
    },
    [setLook, arrange, arrangement.widths],
  );
  const { data } = useViews();
  const opening = useRef(bare);
  useEffect(() => {
    if (!opening.current || data === undefined) return;
    opening.current = false;
    const usual = data.find(({ id }) => id === usualView());
    if (usual) pick(usual);
  }, [data, pick]);
  const now: Arranged = { filter: look.filter, columns: [...arrangement.shown], sort: { ...look.sort } };
  return { now, pick };
}
