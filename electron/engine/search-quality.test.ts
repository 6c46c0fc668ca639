import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { SearchResult } from '../knowledge/knowledge-base.js';
import {
  openDemoKnowledge,
  publicRequest,
  readQuestions,
  type DemoKnowledge,
  type Question,
  type SearchMode,
} from './demo-knowledge-for-tests.js';

type Asked = Question & { readonly result: SearchResult };

describe('Search on the demo articles', () => {
  let demo: DemoKnowledge;
  beforeAll(async () => {
    demo = await openDemoKnowledge();
  });
  afterAll(() => demo.close());

  const ask = async (mode: SearchMode, hasTopic: boolean): Promise<Asked[]> => {
    const asked: Asked[] = [];
    for (const question of await readQuestions('test', 'heldout')) {
      const topic = hasTopic ? await demo.guessTopic(question.question) : undefined;
      const result = await demo.byMode[mode].search(publicRequest(question.question, topic));
      asked.push({ ...question, result });
    }
    return asked;
  };

  // Bounds lie a few questions under what was measured: a change that breaks one made search worse.
  it.each([
    { mode: 'hybrid', hasTopic: true, recallAt1: 0.68, recallAt5: 0.87, answered: 0.69, abstained: 0.82 },
    { mode: 'hybrid', hasTopic: false, recallAt1: 0.64, recallAt5: 0.82, answered: 0.62, abstained: 0.83 },
    { mode: 'lexical', hasTopic: false, recallAt1: 0.56, recallAt5: 0.78, answered: 0.7, abstained: 0.68 },
  ] as const)(
    'finds the right article and knows when there is none: $mode, topic $hasTopic',
    async (promise) => {
      const { mode, hasTopic, ...bounds } = promise;
      const asked = await ask(mode, hasTopic);
      const measured = measure(asked);
      const heldOut = measure(asked.filter(({ split }) => split === 'heldout'));
      process.stdout.write(
        `${JSON.stringify({ mode, hasTopic, asked: asked.length, ...measured, heldOut })}\n`,
      );
      for (const [name, bound] of Object.entries(bounds)) {
        expect(measured[name as keyof typeof measured], name).toBeGreaterThanOrEqual(bound);
      }
    },
  );

  it('gives passages that are exactly their place in the article, each place once', async () => {
    for (const { result } of (await ask('hybrid', false)).slice(0, 30)) {
      const places = result.passages.map(({ articleId, span }) => ({ articleId, ...span }));
      for (const { articleId, text, span } of result.passages) {
        const article = await demo.byMode.hybrid.article(articleId);
        expect(article?.markdown.slice(span.start, span.end)).toBe(text);
      }
      const overlaps = places.filter((a, i) =>
        places.some((b, j) => j < i && a.articleId === b.articleId && a.start < b.end && b.start < a.end),
      );
      expect(overlaps).toEqual([]);
    }
  });
});

/** Shares of the questions the articles answer (recall, answered) and of all others (abstained). */
function measure(
  asked: readonly Asked[],
): Record<'recallAt1' | 'recallAt5' | 'answered' | 'abstained', number> {
  const answerable = asked.filter(({ articles }) => articles.length > 0);
  const others = asked.filter(({ articles }) => articles.length === 0);
  const share = (of: readonly Asked[], holds: (one: Asked) => boolean): number =>
    Math.round((of.filter(holds).length / of.length) * 1000) / 1000;
  const isWithin =
    (limit: number) =>
    ({ articles, result }: Asked): boolean =>
      result.passages.slice(0, limit).some(({ articleId }) => articles.includes(articleId));
  return {
    recallAt1: share(answerable, isWithin(1)),
    recallAt5: share(answerable, isWithin(5)),
    answered: share(answerable, ({ result }) => result.isAnswerable),
    abstained: share(others, ({ result }) => !result.isAnswerable),
  };
}
