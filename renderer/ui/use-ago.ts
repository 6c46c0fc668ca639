import { useEffect, useState } from 'react';

import { ago } from './time.js';

const EVERY_MS = 20_000;

/** How long a moment is past, kept up to date; empty without one. */
export function useAgo(iso: string | null): string {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  return iso === null ? '' : ago(iso, now);
}
