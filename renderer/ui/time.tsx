const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
// A day without a time is the same day everywhere.
const date = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
});
const full = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'short' });

/** A moment as short as it can be said: the time today, else the day. Hovering tells all of it. */
export function Time({ iso, className }: { readonly iso: string; readonly className?: string }) {
  return (
    <time dateTime={iso} title={full.format(new Date(iso))} className={className}>
      {shortTime(iso)}
    </time>
  );
}

/** A moment whole: `Friday 27 November 2026 at 10:42`. */
export const fullTime = (iso: string): string => full.format(new Date(iso));

/** `10:42` for a moment of today, else `24 Nov`. */
export function shortTime(iso: string, now = new Date()): string {
  const moment = new Date(iso);
  return moment.toDateString() === now.toDateString() ? clock.format(moment) : day.format(moment);
}

/** How long a moment is past, as `now`, `3 min ago`, `2 h ago`; from a day on the day. */
export function ago(iso: string, now = new Date()): string {
  const minutes = Math.floor((now.getTime() - Date.parse(iso)) / 60_000);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${minutes} min ago`;
  return minutes < 24 * 60 ? `${Math.floor(minutes / 60)} h ago` : day.format(new Date(iso));
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

/** A rest of time to wait, roughly: `5 s`, `3 min`, `1 h 20 min`. */
export function roughDuration(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1000));
  if (seconds < 90) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** Today as an ISO date. */
export const today = (): string => new Date().toISOString().slice(0, 10);
