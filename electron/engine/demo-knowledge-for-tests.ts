import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { z } from 'zod';

import { silentLogger } from '../../shared/lib/logger.js';
import type { SearchRequest } from '../knowledge/knowledge-base.js';
import { openLocalKnowledgeBase, type LocalKnowledgeBase } from '../knowledge/local-knowledge-base.js';
import { openUseLiteEmbedder } from '../models/adapters/use-lite-embedder.js';
import { embedderDirForTests } from '../models/embedder-for-tests.js';
import type { Embedder } from '../models/embedder.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
export const DEMO_ARTICLES = `${root}resources/demo/knowledge`;

const Question = z.object({
  question: z.string(),
  /** Any of these articles is a right source; none for a question the articles do not answer. */
  articles: z.array(z.string()),
  /** `fit`: the confidence is fitted on it; `test`: looked at while weights were chosen; `heldout`: written after them. */
  split: z.enum(['fit', 'test', 'heldout']),
});
export type Question = z.infer<typeof Question>;

export async function readQuestions(...splits: readonly Question['split'][]): Promise<Question[]> {
  const json: unknown = JSON.parse(await readFile(`${root}evals/datasets/retrieval.json`, 'utf8'));
  return z
    .array(Question)
    .parse(json)
    .filter(({ split }) => splits.includes(split));
}

export type SearchMode = 'hybrid' | 'lexical';

const Intents = z.array(
  z.object({ name: z.string(), description: z.string(), examples: z.array(z.string()) }),
);

/**
 * Guesses what a customer wants as a classifier does, by the nearest examples of the demo team's intents: its name and
 * description, or undefined when none is near.
 */
async function createTopicGuess(
  embedder: Embedder,
): Promise<(question: string) => Promise<string | undefined>> {
  const intents = Intents.parse(JSON.parse(await readFile(`${root}resources/demo/intents.json`, 'utf8')));
  const vectors = await Promise.all(intents.map(({ examples }) => embedder.embed(examples)));
  return async (question) => {
    const [asked] = await embedder.embed([question]);
    const nearness = vectors.map((examples) => {
      const cosines = examples.map((example) =>
        example.reduce((sum, value, i) => sum + value * (asked?.[i] ?? 0), 0),
      );
      return cosines
        .sort((a, b) => b - a)
        .slice(0, 3)
        .reduce((sum, cosine) => sum + cosine / 3, 0);
    });
    const best = intents[nearness.indexOf(Math.max(...nearness))];
    return best && Math.max(...nearness) > 0.65 ? `${best.name}. ${best.description}` : undefined;
  };
}

/** The demo articles in a fresh folder, searched with and without the bundled embedder. */
export interface DemoKnowledge {
  readonly byMode: Readonly<Record<SearchMode, LocalKnowledgeBase>>;
  readonly guessTopic: (question: string) => Promise<string | undefined>;
  close(): Promise<void>;
}

export async function openDemoKnowledge(): Promise<DemoKnowledge> {
  const workspaceDir = await mkdtemp(path.join(tmpdir(), 'cuecard-demo-'));
  const embedder = await openUseLiteEmbedder({ dir: await embedderDirForTests() });
  const base = { workspaceDir, log: silentLogger, today: () => '2026-11-20' };
  const hybrid = openLocalKnowledgeBase({ ...base, embedder });
  await hybrid.importArticles([DEMO_ARTICLES]);
  const lexical = openLocalKnowledgeBase({ ...base, embedder: null });
  return {
    byMode: { hybrid, lexical },
    guessTopic: await createTopicGuess(embedder),
    async close() {
      await hybrid.close();
      await lexical.close();
      await embedder.close();
      await rm(workspaceDir, { recursive: true, force: true });
    },
  };
}

/** A request as a rep's run makes it. */
export const publicRequest = (query: string, topic?: string): SearchRequest => ({
  query,
  ...(topic === undefined ? {} : { topic }),
  limit: 6,
  audiences: ['public'],
  language: 'en',
});
