import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { ModelSettings } from '../../shared/domain/model-settings.js';
import { silentLogger } from '../../shared/lib/logger.js';
import { createSuggestionGraph } from '../agents/create-suggestion-graph.js';
import { rewriteWithModel } from '../agents/rewrite/rewrite-with-model.js';
import type { StartingState } from '../agents/starting-state.js';
import { fence, newBoundary } from '../agents/text/fence.js';
import { updateSummary, writeWrapUp } from '../agents/summary/summarise-thread.js';
import type { ShopBackend } from '../agents/tools/shop-backend.js';
import { composeChat, type ComposedChat } from '../compose-chat.js';
import type { Engine } from '../engine/engine.js';
import { createLocalEngine } from '../engine/local-engine.js';
import { embedderDirForTests } from '../models/embedder-for-tests.js';
import { callForTests } from '../models/chat/chat-model-for-tests.js';
import { TEST_NOW } from '../shop/demo-shop-for-tests.js';
import { loadTeam } from '../workspace/team-loader.js';
import { readBody } from './ledger-reader.js';
import { createLedgerStore, type LedgerStore } from './ledger-store.js';
import { createOutboundGuard } from './outbound-guard.js';
import { createPlaceholderStore } from './placeholder-store.js';
import { egressLedgerForTests, ledgerForTests } from './privacy-for-tests.js';
import { defaultPrivacy } from '../../shared/domain/personal-data.js';
import { SEEDED, seededConversation, type Seeded } from './seeded-for-tests.js';
import { leakedOf } from './leaked-for-tests.js';
import { tappedModelForTests, type TappedModel } from './tapped-model-for-tests.js';
import { createTeamDetector } from './team-detector.js';

/*
 * Greps every byte a chat model's service gets, from every stage that asks one, for personal data that was seeded into what the stages
 * read. The stages, the model behind them, its package, guard and ledger are those of the app; only the service is ours.
 */

const demo = fileURLToPath(new URL('../../resources/demo', import.meta.url));
const folder = loadTeam(demo, 'demo');
const team = { ...folder, profile: { ...folder.profile, languages: SEEDED.map(({ language }) => language) } };
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'cuecard-outbound-'));
const signal = new AbortController().signal;
let engine: Engine;
let ledger: ReturnType<typeof ledgerForTests>;
let store: LedgerStore;
let model: TappedModel;
let composed: ComposedChat;

beforeAll(async () => {
  model = await tappedModelForTests();
  ledger = ledgerForTests();
  store = createLedgerStore(ledger.database());
  const detector = createTeamDetector(team.profile);
  const guard = createOutboundGuard({
    detector: () => detector,
    settings: () => defaultPrivacy,
    placeholders: createPlaceholderStore(ledger.database()),
    log: silentLogger,
  });
  composed = composeChat({
    workspace: { models: path.join(dir, 'models.json') },
    privacy: { guard, ledger: egressLedgerForTests(ledger.database()) },
    ...{ teamModels: () => null, createLogger: () => silentLogger, now: () => TEST_NOW },
  });
  const connection = { id: 'here', name: 'Here', protocol: 'openai', baseUrl: model.url, needsKey: false };
  const settings = ModelSettings.parse({
    ...{ isOn: true, connections: [connection], main: ['main'], usesCache: false },
    models: [{ id: 'main', connection: 'here', model: 'gpt-5-mini' }],
  });
  composed.service.save(settings, {});
  const options = { workspaceDir: dir, embedderDir: await embedderDirForTests(), team };
  engine = createLocalEngine({ options, log: silentLogger, today: () => '2026-11-20' });
  await engine.knowledge.importArticles([path.join(demo, 'knowledge'), writeArticles()]);
});

afterAll(async () => {
  composed.close();
  await engine.close();
  await model.close();
  ledger.remove();
  fs.rmSync(dir, { recursive: true });
});

let before = { bytes: 0, entries: 0 };
beforeEach(() => {
  before = { bytes: model.received().length, entries: store.list({}, null, 10_000).length };
});

/** What was received, and what was written down, since the test began. */
const received = (): Buffer => model.received().subarray(before.bytes);
const entries = () => [...store.list({}, null, 10_000)].reverse().slice(before.entries);

describe.each(SEEDED)('$language', (seeded) => {
  it('nothing seeded leaves in what any stage asks', async () => {
    const conversation = seededConversation(seeded);
    const { countTokens, chat } = composed;
    const graph = createSuggestionGraph({
      ...{ knowledge: engine.knowledge, classifier: engine.classifier, embedder: engine.embedder, team },
      ...{ shop: shopOf(seeded), checkpoints: null, createLogger: () => silentLogger, now: () => TEST_NOW },
      ...{ chat, countTokens },
    });
    const request = { conversation, variant: 'standard' as const, signal, onEvent: () => undefined };
    let startsFrom: StartingState | null = null;
    await graph.run({ ...request, runId: 'local', onFound: (found) => (startsFrom = found) });
    const result = await graph.runModel({ ...request, runId: 'model', startsFrom, mayReuse: false });
    if (!result.ok || result.suggestion.outcome !== 'reply')
      throw new Error(JSON.stringify(result).slice(0, 500));
    const { draft, intent, toolCalls } = result.suggestion;

    const rewriting = { conversation, intent, toolCalls, team, chat, signal, runId: 'rewrite' };
    const text = `${seeded.article.text}\n${draft.sentences.map((one) => one.text).join(' ')}`;
    for (const sentences of [draft.sentences, null]) {
      const outcome = await rewriteWithModel({
        ...{ ...rewriting, action: { kind: 'friendlier' }, sentences, text },
      });
      expect(outcome.kind).toBe('rewritten');
      // What was taken out on the way is put back.
      if (outcome.kind === 'rewritten' && !sentences)
        expect(leakedOf(Buffer.from(outcome.text), seeded.values)).not.toEqual([]);
    }
    const summaries = { chat, team, countTokens, runId: 'summary', signal };
    const { rolling, failure } = await updateSummary(conversation, null, summaries);
    expect({ failure, summary: rolling?.summary }).toEqual({
      failure: null,
      summary: `The customer asks about ${seeded.orderId}.`,
    });
    expect((await writeWrapUp(conversation, rolling, summaries)).ok).toBe(true);
    await escalate(seeded, graph);

    expect(leakedOf(received(), seeded.values)).toEqual([]);
    const asked = new Set(entries().map(({ task }) => task));
    expect([...asked].sort()).toEqual(TASKS);
    // What a stage reads is there, only without who it is about.
    for (const kind of ['NAME', 'EMAIL', 'PHONE', 'ORDER', 'ADDRESS'])
      expect(received().includes(`[${kind}_`), kind).toBe(true);
  });
});

describe.each(SEEDED)('a file in $language', (seeded) => {
  // Catches: private values that stand in a file alone and leave because nobody looked for them there.
  it('leaves with the same placeholders as a message', async () => {
    const { countTokens, chat } = composed;
    const graph = createSuggestionGraph({
      ...{ knowledge: engine.knowledge, classifier: engine.classifier, embedder: engine.embedder, team },
      ...{ shop: null, checkpoints: null, createLogger: () => silentLogger, now: () => TEST_NOW },
      ...{ chat, countTokens },
    });
    const conversation = seededConversation(seeded, ['Noted.', 'Please see the file.']);
    const messageId = conversation.messages.at(-1)?.id ?? '';
    const said = [seeded.turns[0], seeded.turns.at(-1)].join('\n\n');
    const attachedTexts = [{ messageId, name: `${seeded.customer.name}.pdf`, text: said }];
    const request = { conversation, variant: 'standard' as const, signal, onEvent: () => undefined };
    const model = { runId: 'file', startsFrom: null, mayReuse: false };
    await graph.runModel({ ...request, ...model, attachedTexts });
    expect(leakedOf(received(), seeded.values)).toEqual([]);
    expect(received().toString()).toMatch(/<<customer_file F1 [0-9a-f]+>>/u);
    for (const kind of ['NAME', 'PHONE', 'ORDER', 'ADDRESS'])
      expect(received().includes(`[${kind}_`), kind).toBe(true);
  });
});

/** Every task of a model but `screening`, which no stage asks for yet. */
const TASKS = ['critique', 'drafting', 'intent', 'retrieval', 'rewrite', 'summary', 'tools'];

/** Somebody who wants a person: the story of the handover is the model's. */
async function escalate(seeded: Seeded, graph: ReturnType<typeof createSuggestionGraph>): Promise<void> {
  const { name } = seeded.customer;
  const words = `My lawyer will sue you over ${seeded.orderId}. I want to talk to a human being now. ${name}`;
  const conversation = seededConversation(seeded, ['Noted.', words]);
  const request = { conversation, variant: 'standard' as const, signal, onEvent: () => undefined };
  const result = await graph.runModel({ ...request, runId: 'handover', startsFrom: null, mayReuse: false });
  expect(result).toMatchObject({ ok: true, suggestion: { outcome: 'escalated' } });
}

interface Row {
  readonly text: string;
  readonly split: string;
  readonly spans: readonly { readonly start: number; readonly end: number }[];
}

/** The seeded texts rules were written on: here it is not measured how much is found, but that what is found never leaves. */
const ROWS = fs
  .readFileSync(new URL('../../evals/datasets/pii.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Row)
  .filter(({ split }) => split === 'fit');

it('nothing leaves of hundreds of messages', async () => {
  for (const [at, { text }] of ROWS.entries()) {
    const fenced = fence('customer_message', text, newBoundary());
    const call = callForTests(`${fenced}\n\n# Task\nAnswer.`, { conversationId: `c-${String(at % 7)}` });
    const outcome = await composed.chat.write({ ...call, runId: `r-${String(at)}` });
    if (!outcome.ok) throw new Error(outcome.failure.code);
  }
  const values = ROWS.flatMap(({ text, spans }) => spans.map(({ start, end }) => text.slice(start, end)))
    // A first name of three letters is part of many words.
    .filter((value) => value.length > 4);
  expect(leakedOf(received(), [...new Set(values)])).toEqual([]);
});

// Last: it looks at what all of the above sent.
it('each request is in the ledger byte for byte', async () => {
  const all = model.received();
  const written = store.list({}, null, 10_000);
  expect(written).toHaveLength(
    all.toString('latin1').match(/POST \/v1\/chat\/completions HTTP\/1\.1\r\n/g)?.length ?? 0,
  );
  for (const { id } of written) expect(all.includes(await readBody(store, id)), String(id)).toBe(true);
});

function writeArticles(): string {
  const folderOfArticles = path.join(dir, 'articles');
  fs.mkdirSync(folderOfArticles);
  for (const { language, article } of SEEDED) {
    const head = `title: ${article.title}\ncategory: returns\naudience: public\nlanguage: ${language}\nupdated: 2026-10-01`;
    fs.writeFileSync(
      path.join(folderOfArticles, `lamps-${language}.md`),
      `---\n${head}\n---\n${article.text}\n`,
    );
  }
  return folderOfArticles;
}

/** A business system that knows one order, and people in what it says about it. */
function shopOf({ customer, orderId, scan }: Seeded): ShopBackend {
  const order = {
    ...{ id: orderId, customerId: 'C-1', status: 'delivered' as const, placedAt: new Date('2026-11-01') },
    items: [{ name: 'Lamp', quantity: 1, price: 40 }],
    ...{ total: 40, paymentMethod: 'Mastercard', shippingMethod: 'standard delivery' },
    shipments: [
      {
        ...{ carrier: 'Postway', trackingNumber: 'PW4410027919NL', estimatedAt: null, itemNames: [] },
        scans: [{ at: new Date('2026-11-05'), text: scan, location: '' }],
      },
    ],
    ...{ deliveredAt: new Date('2026-11-05'), returnId: null, refund: null },
  };
  const known = { id: 'C-1', ...customer, membership: null, country: 'Netherlands', subscriptions: [] };
  return {
    findOrder: (id) => Promise.resolve(id === orderId ? order : null),
    findCustomerByEmail: (email) => Promise.resolve(email === customer.email ? known : null),
    ordersOf: () => Promise.resolve([order]),
  };
}
