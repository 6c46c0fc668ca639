import type { Citation } from '../../../shared/domain/draft.js';
import type { Evidence, Span } from '../../../shared/domain/evidence.js';
import type { SourceArticle } from '../state.js';
import { factualUnits, type ArticleUnit } from '../text/article-units.js';
import { readStatement, type Statement } from './statement.js';
import type { Library } from './cited-text.js';

/** One sentence, step, bullet, row or fact that can support a claim, ready to be compared. */
export interface PoolUnit extends Statement {
  readonly kind: 'passage' | 'fact';
  /** What it is read under: title, headings, column names, label of a fact. */
  readonly context: Statement;
  /** Where it stands, exactly. */
  readonly citation: Citation;
  readonly articleId: string | null;
  /** Past its last day, or before its first. */
  readonly isOutdated: boolean;
  readonly position: number;
}

/** Everything of a run that may support a sentence: public passages with the articles they come from, and facts. */
export interface EvidencePool {
  readonly units: readonly PoolUnit[];
}

interface ReadUnit {
  readonly unit: ArticleUnit;
  readonly statement: Statement;
  readonly context: Statement;
}

/** Speaks of what the sentence before it named. */
const LEANS = /\b(?:these|this|those|they|them|their|it|its|the same|then)\b/iu;

/** Articles read lately; the same few answer most questions. */
const recent = new Map<string, readonly ReadUnit[]>();
const MAX_RECENT = 64;

/**
 * Takes the evidence of a run apart into units.
 * @param today ISO day; passages past their last day are in the pool, marked, so that a sentence from them can be told from an invented one.
 */
export function evidencePool({ evidence, sources, toolCalls }: Library, today: string): EvidencePool {
  const open = evidence.filter(({ audience }) => audience === 'public');
  const passages = open.flatMap((passage) => {
    const source = sources.find(({ articleId }) => articleId === passage.articleId);
    // An article is read once, under the first passage found in it.
    const isFirst = open.find(({ articleId }) => articleId === passage.articleId) === passage;
    if (source && source.markdown.slice(passage.span.start, passage.span.end) === passage.text)
      return isFirst ? fromArticle(passage, source, open, today) : [];
    return fromPassage(passage, today);
  });
  const facts = toolCalls.flatMap(({ id, title, facts: found }, at) =>
    found.map(({ key, label, value }): PoolUnit => ({
      ...readStatement(value),
      kind: 'fact',
      context: readStatement(`${label}. ${title}`),
      citation: { kind: 'tool', toolCallId: id, factKey: key },
      articleId: null,
      isOutdated: false,
      position: at,
    })),
  );
  return { units: [...passages, ...facts] };
}

function fromArticle(
  first: Evidence,
  source: SourceArticle,
  open: readonly Evidence[],
  today: string,
): PoolUnit[] {
  const own = open.filter(({ articleId }) => articleId === source.articleId);
  return readUnits(source.markdown, source.title).map(({ unit, statement, context }) => {
    const holder =
      own.find(({ span }) => span.start <= unit.span.start && unit.span.end <= span.end) ?? first;
    return poolUnit(statement, context, unit, holder, unit.span, today);
  });
}

function fromPassage(passage: Evidence, today: string): PoolUnit[] {
  const title = [passage.articleTitle, ...passage.headingPath].join('. ');
  return readUnits(passage.text, title).map(({ unit, statement, context }) => {
    const { start } = passage.span;
    const span = { start: start + unit.span.start, end: start + unit.span.end };
    return poolUnit(statement, context, unit, passage, span, today);
  });
}

function poolUnit(
  statement: Statement,
  context: Statement,
  { position }: ArticleUnit,
  { id, articleId, validFrom, validUntil }: Evidence,
  span: Span,
  today: string,
): PoolUnit {
  return {
    ...statement,
    kind: 'passage',
    context,
    citation: { kind: 'evidence', evidenceId: id, span },
    articleId,
    isOutdated: (validUntil !== null && validUntil < today) || (validFrom !== null && validFrom > today),
    position,
  };
}

function readUnits(markdown: string, title: string): readonly ReadUnit[] {
  const key = `${title}\n${markdown}`;
  const known = recent.get(key);
  const units =
    known ??
    factualUnits(markdown).map((unit, at, all) => {
      const before = all[at - 1];
      const leans = LEANS.test(unit.text) && before?.block === unit.block ? [before.text] : [];
      return {
        unit,
        statement: readStatement(unit.text),
        context: readStatement([title, ...unit.headingPath, unit.context, ...leans].join('. ')),
      };
    });
  recent.delete(key);
  recent.set(key, units);
  const [oldest] = recent.keys();
  if (recent.size > MAX_RECENT && oldest !== undefined) recent.delete(oldest);
  return units;
}
