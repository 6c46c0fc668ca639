import { abstentionCurve } from '../evaluation/abstention.js';
import type { BeirScope } from '../evaluation/beir-scope.js';
import type { BeirQuery } from '../evaluation/beir-set.js';
import { buriedInAStory, inCapitals, withSwappedLetters } from '../evaluation/noise.js';
import { rankMetrics } from '../evaluation/rank-metrics.js';
import { scopeAuroc } from '../evaluation/scope-figures.js';
import { spreadOf } from '../evaluation/spread.js';
import type { LocalKnowledgeBase } from '../knowledge/local-knowledge-base.js';
import type { Embedder } from '../models/embedder.js';
import { requestOf } from './beir-knowledge.js';
import type { MethodResult, RetrievalReport } from './retrieval-report.js';

const SEED = 7;

/** Asks every question and measures what came, beside simpler searches and with noise where that is asked for. */
export async function measureRetrieval(
  knowledge: LocalKnowledgeBase,
  embedder: TimedEmbedder,
  queries: readonly BeirQuery[],
  scope: BeirScope,
  hasNoise: boolean,
): Promise<Pick<RetrievalReport, 'methods' | 'abstention' | 'times'>> {
  const heads = await knowledge.list();
  const documentOf = new Map(heads.map(({ id, source }) => [id, source ?? id]));
  const judged = queries.filter(({ relevant }) => relevant.size > 0);
  const documents = (articleIds: readonly string[]): string[] => [
    ...new Set(articleIds.map((id) => documentOf.get(id) ?? id)),
  ];
  const searched = async (query: BeirQuery) => {
    const result = await knowledge.search(requestOf(query, scope));
    return { ...result, ranking: documents(result.passages.map(({ articleId }) => articleId)) };
  };

  const times = { search: [] as number[], embedding: [] as number[] };
  const answers = [];
  for (const query of queries) {
    embedder.spentMs = 0;
    const startedAt = performance.now();
    const result = await searched(query);
    times.search.push(performance.now() - startedAt - embedder.spentMs);
    times.embedding.push(embedder.spentMs);
    answers.push({
      ...result,
      relevant: query.relevant,
      isRight: query.relevant.has(result.ranking[0] ?? ''),
    });
  }
  const methods: MethodResult[] = [
    { method: 'Cuecard', ...rankMetrics(answers.filter(({ relevant }) => relevant.size > 0)) },
  ];

  const baselines = { 'BM25 alone': [], 'vectors alone': [], 'both, fused by rank': [] } as Record<
    string,
    { ranking: string[]; relevant: BeirQuery['relevant'] }[]
  >;
  for (const query of judged) {
    const { ranked } = await knowledge.trace({ ...requestOf(query, scope), query: query.text, turns: [] });
    const by = (score: (chunk: (typeof ranked)[number]) => number | null): string[] =>
      documents(
        ranked
          .flatMap((chunk) => {
            const value = score(chunk);
            return value === null ? [] : [{ articleId: chunk.articleId, value }];
          })
          .sort((a, b) => b.value - a.value)
          .map(({ articleId }) => articleId),
      );
    const { relevant } = query;
    const minus = (rank: number | null): number | null => (rank === null ? null : -rank);
    baselines['BM25 alone']?.push({ relevant, ranking: by(({ lexicalRank }) => minus(lexicalRank)) });
    baselines['vectors alone']?.push({ relevant, ranking: by(({ denseRank }) => minus(denseRank)) });
    baselines['both, fused by rank']?.push({
      relevant,
      ranking: by(({ lexicalRank, denseRank }) => reciprocal(lexicalRank) + reciprocal(denseRank)),
    });
  }
  for (const [method, rankings] of Object.entries(baselines))
    methods.push({ method, ...rankMetrics(rankings) });

  for (const [method, change] of hasNoise ? noises : []) {
    const rankings = [];
    for (const query of judged) {
      const { ranking } = await searched({ ...query, text: change(query.text) });
      rankings.push({ ranking, relevant: query.relevant });
    }
    methods.push({ method: `Cuecard, ${method}`, ...rankMetrics(rankings) });
  }

  const idsOf = new Map<string, string[]>();
  for (const [id, document] of documentOf) idsOf.set(document, [...(idsOf.get(document) ?? []), id]);
  const hidden = [];
  for (const query of judged) {
    const excludeArticleIds = [...query.relevant.keys()].flatMap((document) => idsOf.get(document) ?? []);
    hidden.push(await knowledge.search({ ...requestOf(query, scope), excludeArticleIds }));
  }
  const scored = [
    ...answers.filter(({ isRight }) => isRight).map(({ confidence }) => ({ confidence, isInScope: true })),
    ...hidden.map(({ confidence }) => ({ confidence, isInScope: false })),
  ];

  const answered = answers.filter(({ isAnswerable }) => isAnswerable);
  const without = answers.filter(({ relevant }) => relevant.size === 0);
  return {
    methods,
    abstention: {
      answered: share(answered.length, answers.length),
      precisionAt1OfAnswered: share(answered.filter(({ isRight }) => isRight).length, answered.length),
      heldBackWithoutAnswer:
        without.length === 0
          ? null
          : share(without.filter(({ isAnswerable }) => !isAnswerable).length, without.length),
      hidden: {
        heldBack: share(hidden.filter(({ isAnswerable }) => !isAnswerable).length, hidden.length),
        auroc: scopeAuroc(
          scored.map(({ confidence, isInScope }) => ({ inScope: confidence, isInScope, isRight: isInScope })),
        ),
      },
      curve: abstentionCurve(answers),
    },
    times: { search: spreadOf(times.search), embedding: spreadOf(times.embedding) },
  };
}

const noises: readonly (readonly [string, (text: string) => string])[] = [
  ['ALL CAPITALS', inCapitals],
  ['letters swapped in 30 % of the words', (text) => withSwappedLetters(text, SEED)],
  ['buried in a story of 1,700 words', buriedInAStory],
  ['empty', () => ''],
];

/** As published for reciprocal rank fusion (Cormack, Clarke and Buettcher, SIGIR 2009). */
function reciprocal(rank: number | null): number {
  return rank === null ? 0 : 1 / (60 + rank);
}

const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);

export type TimedEmbedder = Embedder & { spentMs: number };

/** Counts the time that goes into embedding, which depends on the embedder and not on the search. */
export function timed(embedder: Embedder): TimedEmbedder {
  return {
    ...embedder,
    spentMs: 0,
    async embed(texts, signal, role) {
      const startedAt = performance.now();
      const vectors = await embedder.embed(texts, signal, role);
      this.spentMs += performance.now() - startedAt;
      return vectors;
    },
  };
}
