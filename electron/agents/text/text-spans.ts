/** A stretch of a text, from `start` up to but not including `end`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A piece of one message; a place in it plus `offset` is the place in the message. */
export interface TurnPart {
  readonly messageId: string;
  readonly offset: number;
  readonly text: string;
}

/** Puts spaces over spans: what is gone is gone for every reader, and all other places stay true. Line breaks stay. */
export function blank(text: string, spans: readonly Span[]): string {
  const pieces: string[] = [];
  let at = 0;
  for (const { start, end } of [...spans].sort((a, b) => a.start - b.start)) {
    if (end <= at) continue;
    const from = Math.max(at, start);
    pieces.push(text.slice(at, from), text.slice(from, end).replace(/[^\n]/gu, hideCharacter));
    at = end;
  }
  return pieces.join('') + text.slice(at);
}

/** A character outside the basic plane takes two places. */
function hideCharacter(character: string): string {
  return ' '.repeat(character.length);
}

/** Runs of spaces become one, runs of blank lines one line break. */
export function tidy(text: string): string {
  return text
    .split('\n')
    .map((line) => line.replace(/\s+/gu, ' ').trim())
    .filter((line) => line !== '')
    .join('\n');
}

/** All places of a pattern (which needs the `g` flag), at most `limit`. */
export function spansOf(text: string, pattern: RegExp, limit = 50): Span[] {
  const spans: Span[] = [];
  for (const match of text.matchAll(pattern)) {
    if (match[0] !== '') spans.push({ start: match.index, end: match.index + match[0].length });
    if (spans.length >= limit) break;
  }
  return spans;
}

export function overlaps(span: Span, others: readonly Span[]): boolean {
  return others.some(({ start, end }) => span.start < end && start < span.end);
}
