import { useCallback, useState } from 'react';
import { type Arrangement, arrangementFrom } from './columns.ts';

const KEPT = 'rollcall.devices.columns';

/** Columns as this browser likes them. */
export function useArrangement(): readonly [Arrangement, (next: Arrangement) => void] {
  const [arrangement, setArrangement] = useState(() => arrangementFrom(localStorage.getItem(KEPT)));
  const arrange = useCallback((next: Arrangement) => {
    localStorage.setItem(KEPT, JSON.stringify(next));
    setArrangement(next);
  }, []);
  return [arrangement, arrange];
}
