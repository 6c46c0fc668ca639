import type { Citation } from '../../../shared/domain/draft.js';
import type { SourceArticle } from '../state.js';
import type { ArticleUnit } from '../text/article-units.js';
import type { Fit } from './conditions.js';

/** A unit of an article that may be said, with how well it answers. */
export interface Candidate {
  readonly unit: ArticleUnit;
  readonly article: SourceArticle;
  /** The passage of this article a citation names. */
  readonly evidenceId: string;
  readonly fit: Exclude<Fit, 'excluded'>;
  /** A special rule of this very customer, see `isPersonalRule`. */
  readonly isPersonal: boolean;
  /** A personal rule that says no. */
  readonly isRestriction: boolean;
  /** Made for an order that has come as far as this one. */
  readonly isForStage: boolean;
  /** A rule for orders of certain weeks, this order's among them. */
  readonly isSeasonal: boolean;
  /** How many units its paragraph, list or table has. */
  readonly blockSize: number;
  /** How well it answers each question, in their order, about 0 to 1. */
  readonly perQuestion: readonly number[];
  readonly score: number;
  /** Cosine of its article's title and what the team calls the customer's wish. */
  readonly titleFit: number;
  readonly stems: ReadonlySet<string>;
  /** Stems of its headings and its article's title. */
  readonly around: ReadonlySet<string>;
}

export function unitCitation({ evidenceId, unit }: Candidate): Citation {
  return { kind: 'evidence', evidenceId, span: unit.span };
}

export function answerTo({ perQuestion }: Candidate, question: number): number {
  return perQuestion[question] ?? 0;
}

/** How well a unit answers one question, with what speaks for the unit in general. */
export function gain(candidate: Candidate, question: number): number {
  return (candidate.perQuestion[question] ?? 0) + candidate.score - Math.max(...candidate.perQuestion);
}

export function isLead({ unit }: Candidate): boolean {
  return unit.position <= 1 && unit.headingPath.length === 0;
}

/** The sentence right before one, in the same paragraph. */
export function predecessorOf(
  { article, unit }: Candidate,
  all: readonly Candidate[],
): Candidate | undefined {
  return all.find(
    (one) =>
      one.article === article && one.unit.block === unit.block && one.unit.position === unit.position - 1,
  );
}

export function inReadingOrder(
  chosen: readonly Candidate[],
  rank: (article: SourceArticle) => number = () => 0,
): Candidate[] {
  return [...chosen].sort((a, b) => rank(a.article) - rank(b.article) || a.unit.position - b.unit.position);
}
