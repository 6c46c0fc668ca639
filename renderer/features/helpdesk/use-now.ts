import { useEffect, useState } from 'react';

const EVERY_MS = 1000;

/** The present, kept up to date every second while `isTicking`. */
export function useNow(isTicking: boolean): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    if (!isTicking) return;
    const timer = setInterval(() => setNow(new Date()), EVERY_MS);
    return () => clearInterval(timer);
  }, [isTicking]);
  return now;
}
