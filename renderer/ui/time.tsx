const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const date = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
const full = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'short' });

/** A moment as short as it can be said: the time today, else the day. Hovering tells all of it. */
export function Time({ iso, className }: { readonly iso: string; readonly className?: string }) {
  return (
    <time dateTime={iso} title={full.format(new Date(iso))} className={className}>
      {shortTime(iso)}
    </time>
  );
}

/** `10:42` for a moment of today, else `24 Nov`. */
export function shortTime(iso: string, now = new Date()): string {
  const moment = new Date(iso);
  return moment.toDateString() === now.toDateString() ? clock.format(moment) : day.format(moment);
}

/** An ISO date as `24 Nov 2026`. */
export function longDate(iso: string): string {
  return date.format(new Date(iso));
}

/** A duration as `84 ms`, from a second on as `1.2 s`. */
export function duration(ms: number): string {
  if (ms < 1) return '<1 ms';
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}

/** Whether an ISO date (a day, no time) lies before today. */
export function isPast(isoDate: string | null): boolean {
  return isoDate !== null && isoDate < new Date().toISOString().slice(0, 10);
}
