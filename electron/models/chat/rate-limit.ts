/** A pause longer than this is no rate limit but a quota; the model is asked again then all the same. */
const LONGEST_MS = 10 * 60_000;

/**
 * How long a service wants to be left alone, by its headers: `retry-after-ms`, `retry-after` (seconds or a date), and, where
 * nothing remains, `x-ratelimit-reset-*` (OpenAI: `1s`, `6m0s`, `250ms`) and `anthropic-ratelimit-*-reset` (a time).
 * @returns milliseconds; null when they say nothing.
 */
export function pauseFromHeaders(headers: Headers, now: Date): number | null {
  const asked = readRetryAfter(headers, now);
  if (asked !== null) return Math.min(asked, LONGEST_MS);
  const resets = ['requests', 'tokens'].flatMap((what) => {
    const openAi =
      headers.get(`x-ratelimit-remaining-${what}`) === '0'
        ? readSpan(headers.get(`x-ratelimit-reset-${what}`))
        : null;
    const anthropic =
      headers.get(`anthropic-ratelimit-${what}-remaining`) === '0'
        ? readTime(headers.get(`anthropic-ratelimit-${what}-reset`), now)
        : null;
    return [openAi, anthropic].filter((ms) => ms !== null);
  });
  return resets.length === 0 ? null : Math.min(Math.max(...resets), LONGEST_MS);
}

/**
 * The same from the body of a refusal: Google's `RetryInfo` (`"retryDelay": "34s"`, google.rpc.RetryInfo) and words like "try again in 2.5s".
 * @returns milliseconds; null when it says nothing.
 */
export function pauseFromBody(body: string): number | null {
  const told =
    /"retryDelay"\s*:\s*"(\d+(?:\.\d+)?m?s)"/u.exec(body)?.[1] ??
    /(?:retry|try again) (?:in|after) (\d+(?:\.\d+)?\s?(?:ms|s|m))(?![a-z])/iu.exec(body)?.[1];
  const ms = told === undefined ? null : readSpan(told.replace(/\s/gu, ''));
  return ms === null ? null : Math.min(ms, LONGEST_MS);
}

function readRetryAfter(headers: Headers, now: Date): number | null {
  const milliseconds = readNumber(headers.get('retry-after-ms'));
  if (milliseconds !== null) return milliseconds;
  const value = headers.get('retry-after');
  const seconds = readNumber(value);
  return seconds === null ? readTime(value, now) : seconds * 1000;
}

function readNumber(value: string | null): number | null {
  return value !== null && /^\d+(\.\d+)?$/.test(value.trim()) ? Number(value) : null;
}

function readTime(value: string | null, now: Date): number | null {
  const at = value === null ? Number.NaN : Date.parse(value);
  return Number.isNaN(at) ? null : Math.max(0, at - now.getTime());
}

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** `6m0.5s` as milliseconds; plain numbers are seconds. */
function readSpan(value: string | null): number | null {
  if (value === null) return null;
  const plain = readNumber(value);
  if (plain !== null) return plain * 1000;
  const parts = [...value.matchAll(/(\d+(?:\.\d+)?)(ms|[smh])/g)];
  return parts.length === 0
    ? null
    : parts.reduce((sum, [, count, unit]) => sum + Number(count) * (UNITS[unit ?? ''] ?? 0), 0);
}
