import { expect, test } from 'vitest';

import type { ConfidenceTier } from '../../../shared/domain/intent.js';
import type { KnowledgeBase, SearchRequest } from '../../knowledge/knowledge-base.js';
import { loadTeam } from '../../workspace/team-loader.js';
import { unknownIntent } from '../present-suggestion.js';
import type { StageRun } from '../stage-runner.js';
import type { SuggestionState } from '../state.js';
import { createRetrievalNode } from './retrieval-node.js';

const team = loadTeam(new URL('../../../resources/demo', import.meta.url).pathname, 'demo');

/** The searches of one run, for a customer who has written before. */
async function searchesFor(confidence: ConfidenceTier): Promise<SearchRequest[]> {
  const asked: SearchRequest[] = [];
  const knowledge = {
    search: (request: SearchRequest) => {
      asked.push(request);
      return Promise.resolve({ passages: [], confidence: 0, isAnswerable: false, mode: 'hybrid' as const });
    },
  } satisfies Partial<KnowledgeBase> as unknown as KnowledgeBase;
  const state = {
    customerIntent: { ...unknownIntent('Do you pick it up?'), confidence },
    customerTurn: {
      text: 'Do you pick it up?',
      earlierTexts: ['My mattress is too soft.', 'Can I return it?'],
      messageIds: ['m3'],
      isElliptic: false,
      isClosing: false,
    },
  } as unknown as SuggestionState;
  const run = { context: { variant: 'first' }, signal: new AbortController().signal } as unknown as StageRun;
  await createRetrievalNode({ knowledge, team, now: () => new Date() }).run(state, run);
  return asked;
}

// Catches: a search that knows only the last line, and one that answers an old question again.
test('what was said before is searched where the newest turn is not clear alone', async () => {
  for (const confidence of ['low', 'medium'] as const) {
    for (const { turns } of await searchesFor(confidence))
      expect(turns).toEqual(['My mattress is too soft.', 'Can I return it?']);
  }
  for (const { turns } of await searchesFor('high')) expect(turns).toEqual([]);
});
