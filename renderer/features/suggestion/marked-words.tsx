import type { CritiqueIssue } from '../../../shared/domain/critique.js';
import type { Span } from '../../../shared/domain/evidence.js';
import { visibleText } from '../../ui/visible-text.js';

interface MarkedWordsProps {
  /** A stretch of a sentence. */
  readonly text: string;
  /** Where in the sentence the stretch begins, in UTF-16 code units. */
  readonly at?: number;
  /** Places in the whole sentence; they may overlap and reach beyond the stretch. */
  readonly spans: readonly Span[];
}

/** Words of a sentence, those that something is wrong with marked. */
export function MarkedWords({ text, at = 0, spans }: MarkedWordsProps) {
  const parts = cutAt(text, at, spans);
  return parts.map(({ start, words, isMarked }) =>
    isMarked ? (
      <mark key={start} className="finding-words">
        {visibleText(words)}
      </mark>
    ) : (
      visibleText(words)
    ),
  );
}

/** The places the findings are about, in reading order. */
export function wordsOf(issues: readonly CritiqueIssue[]): readonly Span[] {
  return issues.flatMap(({ words }) => words ?? []).sort((a, b) => a.start - b.start);
}

interface Part {
  readonly start: number;
  readonly words: string;
  readonly isMarked: boolean;
}

function cutAt(text: string, at: number, spans: readonly Span[]): readonly Part[] {
  const parts: Part[] = [];
  let from = 0;
  const push = (to: number, isMarked: boolean): void => {
    if (to > from) parts.push({ start: from, words: text.slice(from, to), isMarked });
    from = Math.max(from, to);
  };
  for (const { start, end } of spans) {
    push(Math.min(text.length, Math.max(0, start - at)), false);
    push(Math.min(text.length, Math.max(0, end - at)), true);
  }
  push(text.length, false);
  return parts;
}
