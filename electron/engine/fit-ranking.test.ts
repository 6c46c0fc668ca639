import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { describe, expect, it } from 'vitest';

import { openBeirKnowledge, requestOf } from '../cli/beir-knowledge.js';
import { scopeOf } from '../evaluation/beir-scope.js';
import { readBeirSet } from '../evaluation/beir-set.js';
import { rankFeatures, type RankFeatures } from '../knowledge/search/rank-features.js';
import { fitRanking, type RankingQuestion } from '../knowledge/search/ranking-fit.js';
import { openUseLiteEmbedder } from '../models/adapters/use-lite-embedder.js';
import { createSeededRandom, shuffledOrder } from '../models/adapters/seeded-random.js';
import { embedderDirForTests } from '../models/embedder-for-tests.js';
import { openDemoKnowledge, publicRequest, readQuestions } from './demo-knowledge-for-tests.js';

const COMMAND = 'CUECARD_FIT_RANKING=BEIR_DIR,BEIR_DIR npx vitest run electron/engine/fit-ranking.test.ts';
const weightsFile = fileURLToPath(new URL('../knowledge/search/ranking-weights.ts', import.meta.url));
const folders = (process.env['CUECARD_FIT_RANKING'] ?? '').split(',').filter((folder) => folder !== '');
const FOLDS = 5;
const SEED = 3;
const HOUR_MS = 3_600_000;

/** No test of behaviour but the tool that writes `ranking-weights.ts`; it does so only when it is asked to. */
describe.runIf(folders.length > 0)('The weights of the re-ranker', () => {
  it(
    "are fitted on the demo's questions and those of the folders",
    async () => {
      const sets = new Map([['demo', await demoQuestions()]]);
      for (const folder of folders) sets.set(path.basename(folder), await questionsOf(folder));
      for (const [name, questions] of sets) {
        const held = heldOut(
          questions,
          [...sets.entries()].flatMap(([other, own]) => (other === name ? [] : [own])),
        );
        process.stdout.write(`${name}: ${String(questions.length)} questions, in cross-validation ${held}\n`);
      }
      const weights = fitRanking([...sets.values()]);
      await writeFile(weightsFile, sourceOf(weights));
      expect(weights.cosine).toBeGreaterThan(0);
    },
    HOUR_MS,
  );
});

async function demoQuestions(): Promise<RankingQuestion[]> {
  const demo = await openDemoKnowledge();
  const questions = [];
  for (const { question, articles } of await readQuestions('fit', 'test')) {
    if (articles.length === 0) continue;
    const trace = await demo.byMode.hybrid.trace(publicRequest(question));
    questions.push(questionOf(trace.articles, (id) => articles.includes(id)));
  }
  await demo.close();
  return questions;
}

/** The imported set is kept beside the folder for the next fit. */
async function questionsOf(folder: string): Promise<RankingQuestion[]> {
  const set = await readBeirSet(folder, 'test');
  const scope = scopeOf(set);
  const workspaceDir = `${folder}-workspace`;
  await mkdir(workspaceDir, { recursive: true });
  const embedder = await openUseLiteEmbedder({ dir: await embedderDirForTests() });
  const { knowledge } = await openBeirKnowledge({ workspaceDir, set, scope, embedder });
  const documentOf = new Map((await knowledge.list()).map(({ id, source }) => [id, source ?? id]));
  const questions = [];
  for (const query of set.queries) {
    const trace = await knowledge.trace(requestOf(query, scope));
    questions.push(questionOf(trace.articles, (id) => query.relevant.has(documentOf.get(id) ?? id)));
  }
  await knowledge.close();
  await embedder.close();
  return questions;
}

function questionOf(
  articles: ReadonlyMap<string, RankFeatures>,
  isRelevant: (articleId: string) => boolean,
): RankingQuestion {
  return {
    candidates: Array.from(articles, ([id, features]) => ({ features, isRelevant: isRelevant(id) })),
  };
}

/** Each question ranked by weights fitted on the other folds and the other sets; a question without a relevant candidate is a miss. */
function heldOut(
  questions: readonly RankingQuestion[],
  others: readonly (readonly RankingQuestion[])[],
): string {
  const order = [...shuffledOrder(questions.length, createSeededRandom(SEED))];
  const ranks = Array.from({ length: FOLDS }, (_, fold) => {
    const own = order.filter((_at, i) => i % FOLDS !== fold).flatMap((at) => questions[at] ?? []);
    const weights = fitRanking([own, ...others]);
    return order
      .filter((_at, i) => i % FOLDS === fold)
      .map((at) => rankOf(questions[at] ?? { candidates: [] }, weights));
  }).flat();
  const hit = (within: number): string =>
    ((100 * ranks.filter((rank) => rank <= within).length) / ranks.length).toFixed(1);
  return `hit@1 ${hit(1)}, hit@5 ${hit(5)}`;
}

function rankOf({ candidates }: RankingQuestion, weights: RankFeatures): number {
  const scored = candidates
    .map(({ features, isRelevant }) => ({
      isRelevant,
      score: rankFeatures.reduce((sum, name) => sum + weights[name] * features[name], 0),
    }))
    .sort((a, b) => b.score - a.score);
  const at = scored.findIndex(({ isRelevant }) => isRelevant);
  return at === -1 ? Infinity : at + 1;
}

function sourceOf(weights: RankFeatures): string {
  const lines = rankFeatures.map((name) => `  ${name}: ${String(Math.round(weights[name] * 100) / 100)},`);
  return `import type { RankFeature } from './rank-features.js';

/**
 * Weights of the re-ranker, fitted on the demo's questions and the sets of docs/retrieval.md, each set counting the same. Written by
 * \`${COMMAND}\`
 */
export const rankingWeights: Readonly<Record<RankFeature, number>> = {
${lines.join('\n')}
};
`;
}
