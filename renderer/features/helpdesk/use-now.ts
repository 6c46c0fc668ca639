import { useEffect, useState } from 'react';

const EVERY_MS = 1000;

/** The present, kept up to date every second while `isTicking`. */
export function useNow(isTicking: boolean): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    if (!isTicking) return;
    const tick = (): void => setNow(new Date());
    // What is kept may be as old as the window, and a second would show it.
    const first = setTimeout(tick, 0);
    const timer = setInterval(tick, EVERY_MS);
    return () => {
      clearTimeout(first);
      clearInterval(timer);
    };
  }, [isTicking]);
  return now;
}
