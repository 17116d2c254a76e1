import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';

const ClockContext = createContext(Date.now());

/** "3 min ago" is worth being right to this. */
const TICK = 10_000;

/** One clock for all times on the page, so that they change together; it stands still while nobody looks. */
export function Clock({ children }: { readonly children: ReactNode }) {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const tick = (): void => {
      if (document.visibilityState === 'visible') setNow(Date.now());
    };
    const timer = setInterval(tick, TICK);
    document.addEventListener('visibilitychange', tick);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', tick);
    };
  }, []);
  return <ClockContext value={now}>{children}</ClockContext>;
}

/** Epoch ms, to ten seconds. */
export const useNow = (): number => useContext(ClockContext);
