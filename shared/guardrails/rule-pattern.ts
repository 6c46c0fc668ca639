/** Why a pattern is refused: it does not compile, or it could take for ever on some text. */
export type PatternProblem = 'invalid' | 'too_slow';

/** Longer texts are cut: a sentence of a reply is never as long, and a pattern's time grows with its text. */
export const MATCHED_CHARACTERS = 1_000;
const MAX_UNBOUNDED = 4;
const MAX_REPEATS = 100;
const PROBE_MS = 50;

/**
 * Whether a lead's pattern may be used. JavaScript cannot stop a running pattern, so what could run for ever is refused before: references
 * back, a repeated group that repeats or chooses inside, more than four open repetitions, counts over 100; then it is tried on texts made
 * of its own letters. Refuses some honest patterns; the way around is two simpler phrases.
 */
export function patternProblem(source: string): PatternProblem | null {
  const pattern = compiled(source);
  if (pattern === null) return 'invalid';
  const plain = source
    .replace(/\\[\s\S]/gu, (escaped) => (/\\[1-9k]/u.test(escaped) ? '\u0001' : 'x'))
    .replace(/\[[^\]]*\]/gu, 'x');
  const isNested = hasRepeatedChoice(plain);
  const open = plain.match(/[*+]|\{\d+,\}/gu)?.length ?? 0;
  const counts = [...plain.matchAll(/\{\d*,?(\d*)\}/gu)].map(([, most]) => Number(most ?? 0));
  if (
    isNested ||
    plain.includes('\u0001') ||
    open > MAX_UNBOUNDED ||
    counts.some((most) => most > MAX_REPEATS)
  )
    return 'too_slow';
  const letters = [...new Set(source.replace(/[^\p{L}\p{N} ]/gu, ''))].slice(0, 6);
  const startedAt = Date.now();
  for (const letter of [...letters, 'a', ' ', '0']) {
    pattern.test(`${letter.repeat(MATCHED_CHARACTERS / 4)}\u0000`);
    if (Date.now() - startedAt > PROBE_MS) return 'too_slow';
  }
  return null;
}

/** The pattern in any case, null where it does not compile. */
export function compiled(source: string): RegExp | null {
  try {
    return new RegExp(source, 'giu');
  } catch {
    return null;
  }
}

/** A group that is repeated and itself repeats or chooses: `(a+)+`, `(a|ab)*`. */
function hasRepeatedChoice(plain: string): boolean {
  const open: { isRisky: boolean }[] = [];
  for (let at = 0; at < plain.length; at += 1) {
    const sign = plain[at] ?? '';
    if (sign === '(') open.push({ isRisky: false });
    else if (sign === ')') {
      const group = open.pop();
      const isRepeated = /^(?:[*+]|\{\d+,)/u.test(plain.slice(at + 1));
      if (group?.isRisky && isRepeated) return true;
      const outer = open.at(-1);
      if (outer && (group?.isRisky || isRepeated)) outer.isRisky = true;
    } else if (/[*+|{]/u.test(sign)) {
      const inner = open.at(-1);
      if (inner) inner.isRisky = true;
    }
  }
  return false;
}
