import { draftText } from '../../shared/domain/draft-text.js';
import type { ModelRunEnd } from '../../shared/domain/model-run.js';
import type { Suggestion } from '../../shared/domain/suggestion.js';
import type { DraftCase } from './draft-set.js';
import { spreadOf, type Spread } from './spread.js';
import { shareOf, type Share } from './wilson-interval.js';

/** What one strategy made of one case. */
export interface DraftedCase {
  readonly of: DraftCase;
  readonly suggestion: Suggestion;
  /** Why the model brought no reply; null for a local one and where it did. */
  readonly end: ModelRunEnd | null;
}

/** How good the replies of one strategy are; shares with their 95 percent intervals. */
export interface DraftFigures {
  readonly strategy: string;
  readonly cases: number;
  /** Replies to what the knowledge answers. */
  readonly replied: Share;
  /** No reply to what it does not answer. */
  readonly heldBack: Share;
  /** Points said, of all that should be; a case without a reply says none. */
  readonly coverage: Share;
  /** The same over cases with more than one point. */
  readonly coverageOfSeveral: Share;
  /** Claims the check calls supported, of all claims that are shown. */
  readonly grounded: Share;
  /** Cited articles that are right sources. */
  readonly citationPrecision: Share;
  /** Cases whose reply cites at least one right source, of those with a reply. */
  readonly citationRecall: Share;
  readonly wordsPerReply: number;
  /** Of the strategy's own run. */
  readonly latency: Spread;
  /** Millionths of a US dollar a case; null where a price is not known. */
  readonly costMicrosPerCase: number | null;
  /** Why there was no reply of the model, by code. */
  readonly ends: Readonly<Record<string, number>>;
}

/** Sums up what a strategy made of all cases. */
export function draftFigures(strategy: string, drafted: readonly DraftedCase[]): DraftFigures {
  const answerable = drafted.filter(({ of }) => of.answerable);
  const replies = answerable.flatMap((one) => (replyOf(one) ? [{ ...one, reply: replyOf(one) ?? '' }] : []));
  const points = answerable.map((one) => ({ said: pointsSaid(one), all: one.of.points.length }));
  const several = points.filter(({ all }) => all > 1);
  const cited = replies.map((one) => ({ ...one, articles: citedArticles(one.suggestion) }));
  const right = cited.map(({ of, articles }) => articles.filter((id) => of.articles.includes(id)).length);
  const verdicts = replies.flatMap(({ suggestion }) =>
    suggestion.outcome === 'reply'
      ? suggestion.critique.sentences.filter(({ support }) => support !== 'not_needed')
      : [],
  );
  const costs = drafted.flatMap(({ suggestion }) => suggestion.modelUse.map(({ usage }) => usage.costMicros));
  const known = costs.filter((cost) => cost !== null);
  const ends: Record<string, number> = {};
  for (const { end } of drafted) if (end) ends[end.code] = (ends[end.code] ?? 0) + 1;
  return {
    strategy,
    cases: drafted.length,
    replied: shareOf(replies.length, answerable.length),
    heldBack: shareOf(
      drafted.filter((one) => !one.of.answerable && !replyOf(one)).length,
      drafted.length - answerable.length,
    ),
    coverage: shareOf(sum(points.map(({ said }) => said)), sum(points.map(({ all }) => all))),
    coverageOfSeveral: shareOf(sum(several.map(({ said }) => said)), sum(several.map(({ all }) => all))),
    grounded: shareOf(verdicts.filter(({ support }) => support === 'supported').length, verdicts.length),
    citationPrecision: shareOf(sum(right), sum(cited.map(({ articles }) => articles.length))),
    citationRecall: shareOf(right.filter((count) => count > 0).length, replies.length),
    wordsPerReply: Math.round(
      sum(replies.map(({ reply }) => reply.split(/\s+/u).length)) / Math.max(1, replies.length),
    ),
    latency: spreadOf(drafted.map(({ suggestion }) => suggestion.totalMs)),
    costMicrosPerCase: known.length < costs.length ? null : sum(known) / Math.max(1, drafted.length),
    ends,
  };
}

/** The text a rep would be offered; null where there is none. */
function replyOf({ suggestion, end }: DraftedCase): string | null {
  return suggestion.outcome === 'reply' && end === null ? draftText(suggestion.draft.sentences) : null;
}

/** A wording counts wherever it stands, whatever its case, spaces and dashes. */
function pointsSaid(drafted: DraftedCase): number {
  const reply = plain(replyOf(drafted) ?? '');
  return drafted.of.points.filter((wordings) => wordings.some((wording) => reply.includes(plain(wording))))
    .length;
}

function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/[–—]|\s+to\s+(?=\d)/gu, '-')
    .replace(/\s+/gu, ' ');
}

function citedArticles(suggestion: Suggestion): string[] {
  if (suggestion.outcome !== 'reply') return [];
  const ids = new Set(
    suggestion.draft.sentences.flatMap(({ citations }) =>
      citations.flatMap((one) => (one.kind === 'evidence' ? [one.evidenceId] : [])),
    ),
  );
  return [...new Set(suggestion.evidence.filter(({ id }) => ids.has(id)).map(({ articleId }) => articleId))];
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
