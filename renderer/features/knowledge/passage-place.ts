import type { Span } from '../../../shared/domain/evidence.js';

/** A passage as a suggestion stored it: its words, and where in the article they stood. */
export interface PassageAsFound {
  readonly text: string;
  readonly span: Span;
  readonly cited: Span | null;
  /** ISO day the article had been changed last; null when unknown. */
  readonly updatedAt: string | null;
}

/** Where the words of a stored passage stand in the article now; null when they are not in it any more. */
export function placeNow(
  markdown: string,
  { text, span, cited }: PassageAsFound,
): { readonly passage: Span; readonly cited: Span | null } | null {
  const start = nearest(markdown, text, span.start);
  if (start === null) return null;
  const moved = (one: Span): Span => ({
    start: one.start + start - span.start,
    end: one.end + start - span.start,
  });
  return { passage: moved(span), cited: cited && moved(cited) };
}

/** The occurrence that is closest to where it was: the same words may stand in an article twice. */
function nearest(markdown: string, text: string, before: number): number | null {
  if (text === '') return null;
  if (markdown.startsWith(text, before)) return before;
  let best: number | null = null;
  for (let at = markdown.indexOf(text); at >= 0; at = markdown.indexOf(text, at + 1))
    if (best === null || Math.abs(at - before) < Math.abs(best - before)) best = at;
  return best;
}
