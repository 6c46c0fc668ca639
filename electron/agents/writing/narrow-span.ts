import type { Evidence, Span } from '../../../shared/domain/evidence.js';
import type { SourceArticle } from '../state.js';
import { articleUnits, type ArticleUnit } from '../text/article-units.js';
import { quantitiesOf } from '../text/quantities.js';
import { coverage, stemSet } from '../text/words.js';

/** A place this much of the whole passage's share of the sentence's words is as good as the passage. */
const AS_GOOD = 0.9;
const MAX_UNITS = 3;

/**
 * The shortest run of sentences in a passage that carries what a sentence states: nearly all of its words that are in the passage at all, and
 * all of its numbers. The whole passage where no run of up to three does, or where the article is not at hand.
 */
export function narrowSpan(text: string, passage: Evidence, source: SourceArticle | null): Span {
  const whole = passage.span;
  const units = unitsIn(passage, source);
  if (units.length < 2) return units[0]?.span ?? whole;
  const said = stemSet(text);
  const numbers = new Set(quantitiesOf(text).map(({ value }) => value));
  const headings = [passage.articleTitle, ...passage.headingPath].join(' ');
  const reach = coverage(said, stemSet(`${passage.text} ${headings}`));
  const known = new Set(quantitiesOf(passage.text).map(({ value }) => value));
  const wanted = [...numbers].filter((value) => known.has(value));
  for (let length = 1; length <= MAX_UNITS; length += 1) {
    let best: { span: Span; share: number } | null = null;
    for (let at = 0; at + length <= units.length; at += 1) {
      const run = units.slice(at, at + length);
      const words = run.map((unit) => `${unit.text} ${unit.context}`).join(' ');
      const values = new Set(quantitiesOf(words).map(({ value }) => value));
      if (!wanted.every((value) => values.has(value))) continue;
      const share = coverage(said, stemSet(`${words} ${headings}`));
      const [first, last] = [run[0], run.at(-1)];
      if (first && last && share >= AS_GOOD * reach && (best === null || share > best.share))
        best = { span: { start: first.span.start, end: last.span.end }, share };
    }
    if (best) return best.span;
  }
  return whole;
}

/** Units of the passage, with their places in the article. */
function unitsIn({ span }: Evidence, source: SourceArticle | null): readonly ArticleUnit[] {
  if (!source) return [];
  return articleUnits(source.markdown).filter(
    (unit) => unit.span.start >= span.start && unit.span.end <= span.end,
  );
}
