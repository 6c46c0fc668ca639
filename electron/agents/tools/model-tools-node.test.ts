import { expect, test } from 'vitest';
import { z } from 'zod';

import type { Conversation } from '../../../shared/domain/conversation.js';
import { silentLogger } from '../../../shared/lib/logger.js';
import { createScriptedChatModel } from '../../models/scripted-chat-model-for-tests.js';
import { loadTeam } from '../../workspace/team-loader.js';
import { unknownIntent } from '../present-suggestion.js';
import type { RunContext } from '../run-context.js';
import { createRunModel } from '../run-model.js';
import type { SuggestionState } from '../state.js';
import { createModelToolsNode } from './model-tools-node.js';
import { createReadCache } from './read-cache.js';
import type { ToolDefinition } from './tool.js';
import { createToolRegistry } from './tool-registry.js';
import { createToolsNode } from './tools-node.js';

const now = (): Date => new Date('2026-11-20T10:00:00Z');
const { signal } = new AbortController();
const folder = loadTeam(new URL('../../../resources/demo', import.meta.url).pathname, 'demo');
const [first] = folder.intents;
if (!first) throw new Error('The demo has no intents.');
const team = { ...folder, intents: [{ ...first, tools: ['parcels_where'] }] };
const text = 'Where is my order HP-104233? My parcel has the number PK-777.';

const lookUp = (systemId: string, known: string): ToolDefinition => ({
  ...{ name: 'parcels_where', title: 'Where a parcel is', description: 'Where a parcel is.', risk: 'read' },
  ...{ systemId, system: systemId, input: z.object({ order: z.string() }) },
  argumentsFrom: { order: 'order_id' },
  run: ({ input }) =>
    Promise.resolve(
      input['order'] === known
        ? { status: 'succeeded', facts: [{ key: 'parcel.of', label: 'Order', value: known }] }
        : { status: 'not_found', detail: 'Nothing was found.' },
    ),
});

function stateOf(): SuggestionState {
  return {
    customerTurn: { text, earlierTexts: [], messageIds: ['m1'], isElliptic: false, isClosing: false },
    customerIntent: { ...unknownIntent(text), label: first?.id ?? '', confidence: 'medium' },
    ...{ fileEntities: [], evidence: [], similarCases: [], sources: [], search: null, toolCalls: [] },
    ...{ proposals: [], orderQuestion: null, questions: [], modelEnd: null, draft: null },
    ...{ draftCritique: null, rejectedTexts: [], withheld: null, handover: null, warnings: [] },
    ...{ degradations: [], timings: [] },
  };
}

// Catches: two look-ups of one number, where a citation of the second shows the facts of the first.
test('a look-up the model chose has a number of its own, also beside one that found nothing', async () => {
  const registry = createToolRegistry(
    [lookUp('north', 'PK-777'), lookUp('south', 'HP-104233')],
    silentLogger,
    createReadCache(now),
  );
  const { model: chat } = createScriptedChatModel({
    choose: () => [{ name: 'parcels_where', input: { order: 'PK-777' } }],
  });
  const model = createRunModel({
    ...{ chat, runId: 'r', conversationId: 'c', stages: new Set(['tools'] as const), mayReuse: false },
    ...{ countTokens: (words: string) => words.length / 4, limitMs: () => 5_000 },
  });
  const sentAt = now().toISOString();
  const conversation: Conversation = {
    ...{ id: 'c', subject: 'Parcel', channel: 'chat', status: 'open', updatedAt: sentAt },
    customer: { name: 'Femke de Vries', email: 'femke.devries@example.com' },
    messages: [{ id: 'm1', conversationId: 'c', author: 'customer', text, sentAt }],
  };
  const context: RunContext = {
    ...{ runId: 'r', conversation, variant: 'standard', excludeArticleIds: null, unansweredBefore: 0 },
    ...{ doneCalls: [], attachedTexts: [], model, startsFrom: null, earlierSummary: '', signal },
    emit: () => undefined,
  };
  const local = createToolsNode({ registry, shop: null, writeTools: [], team, now });
  const node = createModelToolsNode({ registry, writeTools: [], team, local });
  const { update } = await node.run(stateOf(), { context, signal, revision: 0 });
  const calls = update.toolCalls ?? [];
  expect(calls.map(({ input, systemId }) => [input['order'], systemId])).toEqual([
    ['HP-104233', 'south'],
    ['PK-777', 'north'],
  ]);
  expect(new Set(calls.map(({ id }) => id)).size).toBe(2);
});
