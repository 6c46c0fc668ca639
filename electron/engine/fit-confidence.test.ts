import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

import { describe, expect, it } from 'vitest';

import { fitConfidence } from '../knowledge/search/confidence-fit.js';
import type { ConfidenceModel } from '../knowledge/search/confidence.js';
import {
  openDemoKnowledge,
  publicRequest,
  readQuestions,
  type SearchMode,
} from './demo-knowledge-for-tests.js';

const COMMAND = 'CUECARD_FIT_SEARCH=1 npx vitest run electron/engine/fit-confidence.test.ts';
const weightsFile = fileURLToPath(new URL('../knowledge/search/confidence-weights.ts', import.meta.url));

/** No test of behaviour but the tool that writes `confidence-weights.ts`; it does so only when it is asked to. */
describe.runIf(process.env['CUECARD_FIT_SEARCH'])('The confidence of a search', () => {
  it('is fitted on the questions set aside for it', async () => {
    const demo = await openDemoKnowledge();
    const fit = async (mode: SearchMode): Promise<ConfidenceModel> => {
      const samples = [];
      for (const { question, articles } of await readQuestions('fit')) {
        // With and without a topic: the intent stage does not always have one, and none without an embedder.
        const topics = mode === 'hybrid' ? [undefined, await demo.guessTopic(question)] : [undefined];
        for (const topic of topics) {
          const { ranked, features } = await demo.byMode[mode].trace(publicRequest(question, topic));
          const isRight = articles.includes(ranked[0]?.articleId ?? '');
          samples.push({ features, isRight, hasAnswer: articles.length > 0 });
        }
      }
      return fitConfidence(samples);
    };
    const models = { hybrid: await fit('hybrid'), lexical: await fit('lexical') };
    await demo.close();
    await writeFile(weightsFile, sourceOf(models));
    expect(models.hybrid.threshold).toBeGreaterThan(0);
  });
});

function sourceOf(models: Readonly<Record<SearchMode, ConfidenceModel>>): string {
  const text = JSON.stringify(models, (_, value: unknown) =>
    typeof value === 'number' ? Math.round(value * 1000) / 1000 : value,
  );
  return `import type { ConfidenceModel } from './confidence.js';

/**
 * Fitted on the \`fit\` questions of evals/datasets/retrieval.json and the demo articles. Written by
 * \`${COMMAND} && npx prettier --write electron/knowledge/search/confidence-weights.ts\`
 */
export const confidenceModels: Readonly<Record<'hybrid' | 'lexical', ConfidenceModel>> = ${text};
`;
}
