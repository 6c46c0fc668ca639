import type { Evidence } from '../../../shared/domain/evidence.js';
import type { Warning } from '../../../shared/domain/suggestion.js';
import type { Intent } from '../../../shared/domain/intent.js';
import type { Team } from '../../../shared/domain/team.js';
import type { KnowledgeBase, Passage, SearchResult } from '../../knowledge/knowledge-base.js';
import type { StageNode } from '../stage-runner.js';
import type { SourceArticle, StateUpdate } from '../state.js';

export interface RetrievalDeps {
  readonly knowledge: KnowledgeBase;
  readonly team: Team;
  readonly now: () => Date;
}

/** Public passages of one search. */
export const PUBLIC_PASSAGES = 8;
const INTERNAL_PASSAGES = 2;
const SIMILAR_CASES = 3;
/** Articles drafting may quote; more would only add what is further away. */
const SOURCES = 3;
/** Longer articles are not taken apart whole in main: only their passages are shown. */
const MAX_SOURCE_CHARACTERS = 60_000;

/**
 * Finds the passages that can support an answer.
 *
 * Reads `customerIntent` and `customerTurn`. Writes `evidence`, `similarCases`, `sources`, `search`, `warnings`. Calls no chat model. Whether there is an answer is judged on
 * public passages alone: what reps know among themselves must not make a reply possible. An index that is not ready is no failure; the run
 * goes on without evidence and the card says so.
 */
export function createRetrievalNode({ knowledge, team, now }: RetrievalDeps): StageNode {
  return {
    stage: 'retrieval',
    async run({ customerIntent: intent, customerTurn }, { context, signal }) {
      const query = intent?.query ?? '';
      if (!intent || query.trim() === '') {
        return {
          update: nothing,
          payload: { stage: 'retrieval', evidence: [], similarCases: [] },
        };
      }
      const language = team.profile.languages.includes(intent.language) ? intent.language : null;
      const topic = topicOf(intent, team);
      const base = {
        query,
        // A need that is clear alone stands alone; what was asked before would only be found again.
        turns: intent.confidence === 'high' ? [] : (customerTurn?.earlierTexts ?? []),
        ...(topic === null ? {} : { topic }),
        language: team.profile.languages.length > 1 ? language : null,
      };
      const find = (excludeArticleIds: readonly string[]): Promise<SearchResult> =>
        knowledge.search(
          { ...base, limit: PUBLIC_PASSAGES, audiences: ['public'], excludeArticleIds },
          signal,
        );
      const isOther = context.variant === 'other_source';
      let found = await find(isOther ? (context.excludeArticleIds ?? []) : []);
      const best = found.passages[0];
      if (isOther && context.excludeArticleIds === null && best) found = await find([best.articleId]);
      const internal = await knowledge.search(
        { ...base, limit: INTERNAL_PASSAGES, audiences: ['internal'] },
        signal,
      );
      const notes = internal.isAnswerable ? internal.passages.slice(0, INTERNAL_PASSAGES) : [];
      const cases = await knowledge.search(
        { ...base, limit: SIMILAR_CASES, audiences: ['public', 'internal'], pool: 'cases' },
        signal,
      );
      const evidence = numbered('E', [...found.passages, ...notes]);
      const similarCases = numbered('C', cases.passages);
      const sources = await loadSources(knowledge, found.passages);
      const { isAnswerable, confidence, mode } = found;
      return {
        update: {
          evidence,
          similarCases,
          sources,
          search: { isAnswerable, confidence, mode },
          warnings: warningsOf(evidence, now()),
          degradations:
            mode === 'hybrid'
              ? []
              : [
                  {
                    stage: 'retrieval',
                    code: 'LEXICAL_ONLY',
                    message: 'Searched by words only; the meaning index is not available.',
                  },
                ],
        },
        payload: { stage: 'retrieval', evidence, similarCases },
      };
    },
    withoutIt: () => nothing,
  };
}

/** Without a query or without a search. */
const nothing: StateUpdate = { evidence: [], similarCases: [], sources: [], search: null };

/** What the customer is thought to want in the team's own words; null while nobody can be sure of it. */
function topicOf({ label, confidence }: Intent, { intents }: Team): string | null {
  const definition = confidence === 'low' ? undefined : intents.find(({ id }) => id === label);
  return definition ? `${definition.name}. ${definition.description}` : null;
}

function numbered(letter: string, passages: readonly Passage[]): Evidence[] {
  return passages.map((passage, at) => ({ id: `${letter}${String(at + 1)}`, ...passage }));
}

/** The public articles the passages come from, whole, best first; at most three. */
export async function loadSources(
  knowledge: Pick<KnowledgeBase, 'article'>,
  passages: readonly Pick<Passage, 'articleId'>[],
): Promise<SourceArticle[]> {
  const ids = [...new Set(passages.map(({ articleId }) => articleId))].slice(0, SOURCES);
  const articles = await Promise.all(ids.map((id) => knowledge.article(id)));
  return articles.flatMap((article) =>
    article?.audience === 'public' && article.markdown.length <= MAX_SOURCE_CHARACTERS
      ? [
          {
            articleId: article.id,
            title: article.title,
            category: article.category,
            product: article.product,
            validUntil: article.validUntil,
            markdown: article.markdown,
          },
        ]
      : [],
  );
}

function warningsOf(evidence: readonly Evidence[], now: Date): Warning[] {
  const today = now.toISOString().slice(0, 10);
  const expired = evidence.filter(({ validUntil }) => validUntil !== null && validUntil < today);
  const hasInternal = evidence.some(({ audience }) => audience === 'internal');
  return [
    ...expired.map(({ articleTitle }): Warning => ({
      code: 'evidence_expired',
      message: `"${articleTitle}" is past its date and was not quoted.`,
    })),
    ...(hasInternal
      ? [
          {
            code: 'internal_evidence' as const,
            message: 'Internal passages are listed for you. They are never quoted to the customer.',
          },
        ]
      : []),
  ];
}
