/** A share of counted things with the interval its true value lies in at 95 percent confidence; all 0 to 1, null of nothing. */
export interface Share {
  readonly part: number;
  readonly whole: number;
  readonly share: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/** The standard normal deviate of 95 percent. */
const Z = 1.959964;

/** Wilson's score interval (Wilson, 1927), which holds for few and for extreme counts, where the normal one does not. */
export function shareOf(part: number, whole: number): Share {
  if (whole === 0) return { part, whole, share: null, low: null, high: null };
  const share = part / whole;
  const z2 = Z * Z;
  const centre = share + z2 / (2 * whole);
  const spread = Z * Math.sqrt((share * (1 - share) + z2 / (4 * whole)) / whole);
  const scale = 1 + z2 / whole;
  return {
    part,
    whole,
    share,
    low: Math.max(0, (centre - spread) / scale),
    high: Math.min(1, (centre + spread) / scale),
  };
}

/** `97.5 (93.1-99.2)` in percent, `-` for nothing counted. */
export function shareText({ share, low, high }: Share): string {
  const percent = (value: number | null): string => ((value ?? 0) * 100).toFixed(1);
  return share === null ? '-' : `${percent(share)} (${percent(low)}-${percent(high)})`;
}
