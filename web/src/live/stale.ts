import { useEffect, useState } from 'react';
import { useLink } from './live.tsx';

/** Trouble that is over sooner is nobody's concern. */
export const PATIENCE = 5000;

/** Since when the page has not been live (epoch ms); null: it is, or trouble began just now. */
export function useStale(): number | null {
  const link = useLink();
  const since = link.is === 'troubled' ? link.since : null;
  const [shown, setShown] = useState<number | null>(null);
  useEffect(() => {
    if (since === null) return setShown(null);
    const timer = setTimeout(() => setShown(since), Math.max(0, since + PATIENCE - Date.now()));
    return () => clearTimeout(timer);
  }, [since]);
  return shown;
}
