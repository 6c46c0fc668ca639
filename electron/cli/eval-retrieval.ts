import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { abstentionCurve, type CoveragePoint } from '../evaluation/abstention.js';
import { scopeOf, type BeirScope } from '../evaluation/beir-scope.js';
import { readBeirSet, type BeirQuery } from '../evaluation/beir-set.js';
import { machineLine } from '../evaluation/machine.js';
import { buriedInAStory, inCapitals, withSwappedLetters } from '../evaluation/noise.js';
import { rankMetrics, type RankMetrics } from '../evaluation/rank-metrics.js';
import { spreadOf, type Spread } from '../evaluation/spread.js';
import { textTable } from '../evaluation/text-table.js';
import type { LocalKnowledgeBase } from '../knowledge/local-knowledge-base.js';
import type { Embedder } from '../models/embedder.js';
import { openEmbedderFolder } from '../models/open-embedder.js';
import type { ResourceLocations } from '../workspace/locations.js';
import { openBeirKnowledge, requestOf } from './beir-knowledge.js';

export interface EvalRetrievalCommand {
  readonly dir: string;
  readonly split: string;
  readonly json?: boolean;
  readonly limit?: number;
  readonly noise?: boolean;
  /** Folder of another embedder than the bundled one. */
  readonly embedder?: string;
  /** Keeps the imported corpus for the next run; a temporary folder when left out. */
  readonly workspace?: string;
  readonly resources: ResourceLocations;
}

const SEED = 7;

interface MethodResult extends RankMetrics {
  readonly method: string;
}

interface Report {
  readonly machine: string;
  readonly set: string;
  readonly embedder: string;
  readonly documents: number;
  readonly passages: number;
  readonly questions: number;
  readonly withoutAnswer: number;
  readonly scope: Readonly<Record<string, string>>;
  readonly importMs: number;
  readonly methods: readonly MethodResult[];
  readonly abstention: {
    readonly answered: number;
    readonly precisionAt1OfAnswered: number;
    /** Of the questions that no document answers; null without such. */
    readonly heldBackWithoutAnswer: number | null;
    readonly curve: readonly CoveragePoint[];
  };
  readonly times: Readonly<Record<'search' | 'embedding', Spread>>;
}

/**
 * `cuecard eval retrieval`: imports a BEIR set into a workspace as a team's articles, searches it as the app does, and prints how well and how
 * fast, beside full text alone, vectors alone and the two fused.
 */
export async function runEvalRetrieval(command: EvalRetrievalCommand): Promise<number> {
  const { resources, json } = command;
  const set = await readBeirSet(command.dir, command.split);
  const scope = scopeOf(set);
  const queries = set.queries.slice(0, command.limit);
  const dir = command.workspace ?? (await mkdtemp(path.join(tmpdir(), 'cuecard-eval-')));
  await mkdir(dir, { recursive: true });
  const embedder = timed(await openEmbedderFolder(command.embedder ?? resources.embedderDir));
  try {
    const startedAt = performance.now();
    const { knowledge, imported } = await openBeirKnowledge({ workspaceDir: dir, set, scope, embedder });
    try {
      const importMs = performance.now() - startedAt;
      const report: Report = {
        machine: machineLine(),
        set: command.dir,
        embedder: embedder.id,
        documents: imported.articles,
        passages: imported.chunks,
        questions: queries.filter(({ relevant }) => relevant.size > 0).length,
        withoutAnswer: queries.filter(({ relevant }) => relevant.size === 0).length,
        scope: Object.fromEntries(Array.from(scope, ([facet, key]) => [key, facet])),
        importMs: Math.round(importMs),
        ...(await measure(knowledge, embedder, queries, scope, command.noise ?? false)),
      };
      process.stdout.write(json ? `${JSON.stringify(report, null, 2)}\n` : reportText(report));
      return 0;
    } finally {
      await knowledge.close();
    }
  } finally {
    await embedder.close();
    if (command.workspace === undefined) await rm(dir, { recursive: true, force: true });
  }
}

async function measure(
  knowledge: LocalKnowledgeBase,
  embedder: TimedEmbedder,
  queries: readonly BeirQuery[],
  scope: BeirScope,
  hasNoise: boolean,
): Promise<Pick<Report, 'methods' | 'abstention' | 'times'>> {
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

type TimedEmbedder = Embedder & { spentMs: number };

/** Counts the time that goes into embedding, which depends on the embedder and not on the search. */
function timed(embedder: Embedder): TimedEmbedder {
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

function reportText(report: Report): string {
  const percent = (value: number): string => (value * 100).toFixed(1);
  const { abstention, times, scope } = report;
  const scopeText = Object.entries(scope)
    .map(([key, facet]) => `${key} as ${facet}`)
    .join(', ');
  return [
    report.machine,
    `${report.set}: ${String(report.documents)} documents, ${String(report.passages)} passages (imported in ${(report.importMs / 1000).toFixed(1)} s), ${String(report.questions)} questions with an answer, ${String(report.withoutAnswer)} without; embedder ${report.embedder}`,
    `Scope: ${scopeText || 'none'}`,
    '',
    textTable(
      ['%', 'recall@1', 'recall@5', 'recall@10', 'hit@1', 'hit@5', 'hit@10', 'MRR@10', 'nDCG@10'],
      report.methods.map((row) =>
        [
          row.method,
          ...[row.recallAt1, row.recallAt5, row.recallAt10, row.hitAt1, row.hitAt5, row.hitAt10],
          ...[row.mrrAt10, row.ndcgAt10],
        ].map((cell) => (typeof cell === 'number' ? percent(cell) : cell)),
      ),
    ),
    '',
    `Answers ${percent(abstention.answered)} % of all questions, ${percent(abstention.precisionAt1OfAnswered)} % of them from a relevant document.` +
      (abstention.heldBackWithoutAnswer === null
        ? ''
        : ` Holds back ${percent(abstention.heldBackWithoutAnswer)} % of those no document answers.`),
    textTable(
      ['answered %', ...abstention.curve.map(({ coverage }) => percent(coverage))],
      [
        ['right %', ...abstention.curve.map(({ precisionAt1 }) => percent(precisionAt1))],
        ['from confidence', ...abstention.curve.map(({ confidence }) => confidence.toFixed(3))],
      ],
    ),
    '',
    textTable(
      ['ms', 'questions', 'p50', 'p95', 'max'],
      Object.entries(times).map(([what, { count, p50Ms, p95Ms, maxMs }]) => [
        what === 'search' ? 'search without embedding' : 'embedding',
        count,
        ...[p50Ms, p95Ms, maxMs].map((value) => value.toFixed(1)),
      ]),
    ),
    '',
  ].join('\n');
}
