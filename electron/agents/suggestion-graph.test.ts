import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';

import type { Conversation, ConversationMessage } from '../../shared/domain/conversation.js';
import { draftText } from '../../shared/domain/draft-text.js';
import { Suggestion } from '../../shared/domain/suggestion.js';
import { AppErrorException } from '../../shared/errors/app-error.js';
import { silentLogger } from '../../shared/lib/logger.js';
import type { Engine } from '../engine/engine.js';
import { createLocalEngine } from '../engine/local-engine.js';
import { parseConversationFile, toConversation } from '../helpdesk/conversation-file.js';
import type { KnowledgeBase } from '../knowledge/knowledge-base.js';
import { embedderDirForTests } from '../models/embedder-for-tests.js';
import { openShopForTests, TEST_NOW } from '../shop/demo-shop-for-tests.js';
import { checkpointMigrations } from '../storage/checkpoint-tables.js';
import { openDatabase } from '../storage/database.js';
import { createLibsqlRunCheckpoints } from '../storage/libsql-run-checkpoints.js';
import { loadTeam } from '../workspace/team-loader.js';
import { createSuggestionGraph, type SuggestionGraphDeps } from './create-suggestion-graph.js';
import { doneCall } from '../actions/action-content.js';
import { stageLimitsMs } from './stages.js';
import { shopWriteTools } from './tools/write-tools.js';
import type { RunEvent, RunRequest, SuggestionGraph } from './suggestion-graph.js';

const demo = fileURLToPath(new URL('../../resources/demo', import.meta.url));
const conversationsDir = path.join(demo, 'conversations');
const Expected = z.object({
  evidence: z.array(z.string()),
  tools: z.array(z.string()),
  outcome: z.enum(['reply', 'withheld', 'escalated']),
  escalationReason: z.string().optional(),
  language: z.string(),
  warnings: z.array(z.string()).default([]),
  mustNotContain: z.array(z.string()).default([]),
});

const team = loadTeam(demo, 'demo');
const shop = openShopForTests();
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'cuecard-graph-'));
let engine: Engine;
let graph: SuggestionGraph;

function createGraph(part: Partial<SuggestionGraphDeps> = {}): SuggestionGraph {
  const { knowledge, classifier, embedder } = engine;
  return createSuggestionGraph({
    knowledge,
    classifier,
    embedder,
    shop: shop.backend,
    team,
    checkpoints: null,
    createLogger: () => silentLogger,
    now: () => TEST_NOW,
    ...part,
  });
}

beforeAll(async () => {
  const options = { workspaceDir: dir, embedderDir: await embedderDirForTests(), team };
  engine = createLocalEngine({ options, log: silentLogger, today: () => '2026-11-20' });
  await engine.knowledge.importArticles([path.join(demo, 'knowledge')]);
  graph = createGraph();
});

afterAll(async () => {
  await engine.close();
  shop.close();
  fs.rmSync(dir, { recursive: true });
});

function demoConversation(file: string): { conversation: Conversation; expected: z.infer<typeof Expected> } {
  const text = fs.readFileSync(path.join(conversationsDir, file), 'utf8');
  const { expected } = z.object({ expected: Expected }).parse(JSON.parse(text));
  return { conversation: toConversation(parseConversationFile(text, file), TEST_NOW), expected };
}

function conversationOf(...texts: string[]): Conversation {
  const messages = texts.map((text, at): ConversationMessage => ({
    id: `m${String(at)}`,
    conversationId: 'c',
    author: 'customer',
    text,
    sentAt: TEST_NOW.toISOString(),
  }));
  const customer = { name: 'Femke de Vries', email: 'femke.devries@example.com' };
  const updatedAt = TEST_NOW.toISOString();
  return { id: 'c', subject: 'Question', channel: 'chat', status: 'open', customer, messages, updatedAt };
}

let runs = 0;
function run(conversation: Conversation, part: Partial<RunRequest> = {}, on = graph): Promise<Suggestion> {
  runs += 1;
  return on.run({
    runId: `run-${String(runs)}`,
    conversation,
    variant: 'standard',
    signal: new AbortController().signal,
    onEvent: () => undefined,
    ...part,
  });
}

/** What a customer would read. */
function replyOf(suggestion: Suggestion): string {
  if (suggestion.outcome === 'reply') return draftText(suggestion.draft.sentences);
  return suggestion.outcome === 'escalated' ? draftText(suggestion.holdingReply?.sentences ?? []) : '';
}

function citedArticles(suggestion: Suggestion): string[] {
  if (suggestion.outcome !== 'reply') return [];
  const cited = suggestion.draft.sentences.flatMap(({ citations }) =>
    citations.flatMap((citation) => (citation.kind === 'evidence' ? [citation.evidenceId] : [])),
  );
  const articles = suggestion.evidence
    .filter(({ id }) => cited.includes(id))
    .map(({ articleId }) => articleId);
  return [...new Set(articles)];
}

describe('the demo conversations', () => {
  // Catches: a change anywhere in the five agents that turns a right card wrong.
  test.each(fs.readdirSync(conversationsDir).sort())('%s', async (file) => {
    const { conversation, expected } = demoConversation(file);
    const suggestion = Suggestion.parse(await run(conversation));
    const { intent, warnings, toolCalls, degradations } = suggestion;
    expect([suggestion.outcome, intent.language]).toEqual([expected.outcome, expected.language]);
    expect(warnings.map(({ code }) => code)).toEqual(expect.arrayContaining(expected.warnings));
    expect(toolCalls.map(({ tool }) => tool)).toEqual(expect.arrayContaining(expected.tools));
    expect(intent.escalation?.reason).toBe(expected.escalationReason);
    expect(degradations).toEqual([]);
    const reply = replyOf(suggestion);
    for (const text of expected.mustNotContain) expect(reply.toLowerCase()).not.toContain(text.toLowerCase());
    const cited = citedArticles(suggestion);
    if (cited.length > 0) expect(cited.some((article) => expected.evidence.includes(article))).toBe(true);
    if (suggestion.outcome === 'reply') {
      expect(suggestion.critique.verdict).toBe('pass');
      expect(suggestion.critique.groundedness).toBe(1);
      expect(reply).toMatch(/^Hi \p{Lu}.*,\n\n[\s\S]+\n\nI hope this helps[\s\S]+\nHarbour & Pine Support$/u);
      expect(reply).not.toMatch(/\{\{|undefined|null/);
    }
  });

  // Catches: a fact of somebody else's order anywhere on the card, not only in the reply.
  test("nothing of another customer's order is on the card", async () => {
    const { conversation } = demoConversation('10-order-of-someone-else.json');
    const suggestion = await run(conversation);
    expect(JSON.stringify({ ...suggestion, evidence: [] })).not.toMatch(
      /Sofia|Carvalho|Leiden|Towel|Mugs|SL-20817969/,
    );
  });

  // Catches: "30 days" for electronics, or a period counted wrong.
  test('the rule for their goods goes before the general one, with the day it ends', async () => {
    const { conversation } = demoConversation('11-electronics-after-20-days.json');
    expect(replyOf(await run(conversation))).toContain('the 14 days ended on 14 November 2026');
  });

  // Catches: an alternative that repeats the first draft, and a shorter one that is not.
  test('the variants differ', async () => {
    const { conversation } = demoConversation('13-refund-timing.json');
    const standard = await run(conversation);
    const shorter = await run(conversation, { variant: 'shorter' });
    const other = await run(conversation, {
      variant: 'other_source',
      excludeArticleIds: citedArticles(standard),
    });
    expect(replyOf(shorter).length).toBeLessThan(replyOf(standard).length);
    expect(citedArticles(other).filter((article) => citedArticles(standard).includes(article))).toEqual([]);
    expect(replyOf(other)).not.toBe(replyOf(standard));
  });
});

describe('special cases', () => {
  const asked = (email: string, text: string): Conversation => ({
    ...conversationOf(text),
    customer: { name: 'Ada Lovelace', email },
  });

  // Catches: the general rule told to somebody for whom a special one holds, which is the most costly wrong answer of all.
  test.each([
    [
      'goods that cannot be returned',
      'wouter.smit@example.com',
      'Can I return the personalised towels from HP-104150?',
      /cannot return .*personalised/,
      /30 days|Here are the steps/,
    ],
    [
      'a member',
      'femke.devries@example.com',
      'Do I have to pay for the return label if I send back my pan?',
      /free for Pine Plus members/,
      /UK|Norway/,
    ],
    [
      'another country',
      'elin.sandberg@example.org',
      'Can I pay in three instalments from Sweden?',
      /Netherlands, Belgium or Germany/,
      /guarantee/,
    ],
    [
      'an order that is packed',
      'chloe.girard@example.org',
      'Please cancel order HP-104312, I ordered the wrong size.',
      /cannot be cancelled any more/,
      /You can cancel|Select Cancel order/,
    ],
    [
      'an order that is not packed',
      'katarzyna.lis@example.org',
      'Can I still cancel my order for the summer duvet?',
      /You can cancel an order free of charge/,
      /cannot be cancelled any more/,
    ],
    [
      'a split order',
      'amara.okafor@example.com',
      'My order HP-104271 came but the floor lamp is missing!',
      /second parcel \(Mast Floor Lamp Oak\)/,
      /\{\{/,
    ],
    [
      'an error code',
      'noor.elamrani@example.com',
      'My account says ACC-102, how long do I have to wait?',
      /30 minutes/,
      /PAY-|SUB-/,
    ],
  ])('%s', async (_, email, text, must, mustNot) => {
    const reply = replyOf(await run(asked(email, text)));
    expect(reply).toMatch(must);
    expect(reply).not.toMatch(mustNot);
  });
});

describe('any conversation', () => {
  // Catches: a text that stops the run, or a reply to nothing.
  test.each([
    ['no text', ['']],
    ['blanks', ['  \n\t ']],
    ['thanks', ['Thanks a lot, bye!']],
    ['emoji alone', ['👍👍🏽 👩‍👩‍👧‍👦']],
  ])('%s needs no reply', async (_, texts) => {
    const suggestion = await run(conversationOf(...texts));
    expect(suggestion.outcome).toBe('withheld');
  });

  test.each([
    ['100 kB', [`${'My parcel is late and nobody answers me. '.repeat(2_500)}Where is order HP-104233?`]],
    ['100 kB without a sentence end', ['x'.repeat(100_000)]],
    ['emoji inside', ['Hi 👋🏽 where is my order HP-104233? 📦😡']],
    ['right to left', ['مرحبا، أين طلبي HP-104233؟ شكرا']],
    ['control characters', ['where\u0000 is \u202eHP-104233\u202c?']],
    ['a regular expression', ['(((((a+)+)+)+)+$ [[[ \\ HP-104233']],
  ])('%s goes through', async (_, texts) => {
    const suggestion = await run(conversationOf(...texts));
    expect(Suggestion.safeParse(suggestion).success).toBe(true);
    expect(suggestion.degradations.filter(({ code }) => code === 'STAGE_TIME_LIMIT')).toEqual([]);
  });

  test('10,000 messages go through, and the newest is answered', async () => {
    const older = Array.from({ length: 9_999 }, (_, at) => `Message ${String(at)} about my lamp`);
    const suggestion = await run(conversationOf(...older, 'Where is my order HP-104233?'));
    expect([suggestion.messageId, suggestion.toolCalls[0]?.input]).toEqual([
      'm9999',
      { orderId: 'HP-104233' },
    ]);
  });

  test('a conversation without a customer message is refused by name', async () => {
    await expect(run({ ...conversationOf('x'), messages: [] })).rejects.toMatchObject({
      error: { code: 'SUGGESTION_NO_CUSTOMER_MESSAGE' },
    });
  });

  // Catches: state of one run read by another that goes on at the same time.
  test('runs side by side come to what they come to alone', async () => {
    const files = [
      '01-order-status.json',
      '12-mattress-trial.json',
      '05-angry-refund.json',
      '13-refund-timing.json',
    ];
    const conversations = files.map((file) => demoConversation(file).conversation);
    const alone: string[] = [];
    for (const conversation of conversations) alone.push(replyOf(await run(conversation)));
    const together = await Promise.all(conversations.map((conversation) => run(conversation)));
    expect(together.map(replyOf)).toEqual(alone);
    expect(together.map(({ conversationId }) => conversationId)).toEqual(conversations.map(({ id }) => id));
  });
});

/** A knowledge base whose searches never end, and ignore that they are cancelled. */
const hanging = (): KnowledgeBase => ({ ...engine.knowledge, search: () => new Promise(() => undefined) });

describe('a run that is cancelled', () => {
  // Catches: a late token of a superseded run, and a run that waits for a search before it notices.
  test('ends at once and says nothing more', async () => {
    const controller = new AbortController();
    const events: RunEvent[] = [];
    const running = run(
      conversationOf('Where is HP-104233?'),
      {
        signal: controller.signal,
        onEvent: (event) => {
          events.push(event);
          if (event.kind === 'stage_started' && event.stage === 'retrieval')
            setTimeout(() => controller.abort());
        },
      },
      createGraph({ knowledge: hanging() }),
    );
    await expect(running).rejects.toMatchObject({ error: { code: 'SUGGESTION_CANCELLED' } });
    const atEnd = events.length;
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(events.length).toBe(atEnd);
  });

  test('does not begin when it was cancelled before', async () => {
    const events: RunEvent[] = [];
    const running = run(conversationOf('Where is HP-104233?'), {
      signal: AbortSignal.abort(),
      onEvent: (event) => events.push(event),
    });
    await expect(running).rejects.toBeInstanceOf(AppErrorException);
    expect(events).toEqual([]);
  });

  test('streams no further sentence', async () => {
    const controller = new AbortController();
    const sentences: string[] = [];
    const running = run(demoConversation('12-mattress-trial.json').conversation, {
      signal: controller.signal,
      onEvent: (event) => {
        if (event.kind !== 'draft_streamed') return;
        sentences.push(event.sentence.id);
        if (sentences.length === 2) controller.abort();
      },
    });
    await expect(running).rejects.toMatchObject({ error: { code: 'SUGGESTION_CANCELLED' } });
    expect(sentences).toEqual(['S1', 'S2']);
  });
});

describe('a stage that cannot do its job', () => {
  const { conversation } = demoConversation('01-order-status.json');
  const codes = ({ degradations }: Suggestion): string[] =>
    degradations.map(({ stage, code }) => `${stage} ${code}`);

  // Catches: one slow or broken part that costs the rep the whole card.
  test('goes over its time: the run goes on without it', async () => {
    const limitsMs = { ...stageLimitsMs, retrieval: 30 };
    const suggestion = await run(conversation, {}, createGraph({ knowledge: hanging(), limitsMs }));
    expect([codes(suggestion), suggestion.outcome]).toEqual([['retrieval STAGE_TIME_LIMIT'], 'reply']);
  });

  test('has no index yet: facts alone are told', async () => {
    const search = (): Promise<never> => Promise.reject(new AppErrorException('KNOWLEDGE_INDEX_NOT_READY'));
    const suggestion = await run(
      conversation,
      {},
      createGraph({ knowledge: { ...engine.knowledge, search } }),
    );
    expect(codes(suggestion)).toEqual(['retrieval KNOWLEDGE_INDEX_NOT_READY']);
    expect(replyOf(suggestion)).toContain('PW4410027919NL');
  });

  test('has no embedder: words alone decide', async () => {
    const embedder = { embed: () => Promise.reject(new AppErrorException('KNOWLEDGE_EMBEDDER_MISSING')) };
    const suggestion = await run(
      demoConversation('13-refund-timing.json').conversation,
      {},
      createGraph({ embedder }),
    );
    expect(replyOf(suggestion)).toContain('Your refund of 90.05 EUR');
    expect(citedArticles(suggestion)).not.toEqual([]);
  });

  test('has a shop that is down: the call says so', async () => {
    const down = (): Promise<never> => Promise.reject(new Error('connection refused'));
    const broken = { findOrder: down, findCustomerByEmail: down, ordersOf: down };
    const named = conversationOf('Where is my order HP-104233?');
    const suggestion = await run(named, {}, createGraph({ shop: broken }));
    expect(suggestion.toolCalls.map(({ status }) => status)).toEqual(['failed', 'failed']);
    expect(codes(suggestion)).toContain('tools TOOL_FAILED');
  });

  // Catches: a bug that is swallowed as if it were an outage.
  test('has a bug: the run fails with it', async () => {
    const search = (): Promise<never> => Promise.reject(new TypeError('a bug'));
    const broken = createGraph({ knowledge: { ...engine.knowledge, search } });
    await expect(run(conversation, {}, broken)).rejects.toThrow('a bug');
  });
});

describe('checkpoints', () => {
  const open = (file: string) =>
    openDatabase(path.join(dir, file), [{ scope: 'checkpoints', statements: checkpointMigrations }]);

  // Catches: a conversation written to disk at every step, and runs that are never cleared away.
  test('hold the steps of the newest run of a conversation, and not the conversation', async () => {
    const database = open('runs.db');
    const checkpoints = createLibsqlRunCheckpoints(database, silentLogger);
    const kept = createGraph({ checkpoints });
    const older = Array.from({ length: 500 }, (_, at) => `SECRETMARK ${String(at)}`);
    await run(conversationOf(...older, 'Where is my order HP-104233?'), {}, kept);
    await run(conversationOf(...older, 'Where is my order HP-104233?'), {}, kept);
    const threads = database.prepare('SELECT DISTINCT thread_id FROM checkpoint').raw().all();
    const values = database.prepare('SELECT value FROM checkpoint_value').all() as { value: Uint8Array }[];
    const bytes = values.map(({ value }) => Buffer.from(value).toString()).join('');
    expect([threads.length, bytes.includes('HP-104233'), bytes.includes('SECRETMARK 7')]).toEqual([
      1,
      true,
      false,
    ]);
    database.close();
  });

  // Catches: a full or broken disk that costs the rep the suggestion.
  test('that cannot be written cost nothing but a note on the card', async () => {
    const database = open('gone.db');
    const checkpoints = createLibsqlRunCheckpoints(database, silentLogger);
    database.close();
    const suggestion = await run(
      conversationOf('Where is my order HP-104233?'),
      {},
      createGraph({ checkpoints }),
    );
    expect([suggestion.outcome, suggestion.degradations.map(({ code }) => code)]).toEqual([
      'reply',
      ['CHECKPOINT_NOT_SAVED'],
    ]);
  });
});

describe('changes in business systems', () => {
  const writeTools = shopWriteTools({
    ...{ shop: shop.backend, changes: shop.changes, profile: team.profile },
    now: () => TEST_NOW,
  });
  const asks = 'My order HP-104244 arrived with a broken lid. I would like 20 EUR back.';

  // Catches: a card that proposes to change an order of somebody else, or one that changes anything by itself.
  test('are proposed with what is known, for an own order only, and not made', async () => {
    const on = createGraph({ writeTools });
    const { proposals } = await run(conversationOf(asks), {}, on);
    expect(proposals).toEqual([
      {
        tool: 'refund_order',
        input: { orderId: 'HP-104244', amount: '20.00', reason: 'Item arrived damaged' },
      },
    ]);
    const others = await run(conversationOf(asks.replace('104244', '104302')), {}, on);
    expect(others.proposals).toEqual([]);
    expect((await shop.backend.findOrder('HP-104244', new AbortController().signal))?.refund).toBeNull();
  });

  // Catches: a reply that keeps silent about a refund that was just made, or says more of it than the shop did.
  test('that were made are said in the reply, with the number, each sentence borne out', async () => {
    const on = createGraph({ writeTools });
    const tool = writeTools.find(({ name }) => name === 'refund_order');
    const input = { orderId: 'HP-104244', amount: '20.00', reason: 'Damaged item' };
    const customer = { name: 'Femke de Vries', email: 'femke.devries@example.com' };
    const outcome = await tool?.run({ input, customer, key: 'k', signal: new AbortController().signal });
    if (outcome?.status !== 'succeeded') throw new Error('no refund');
    const at = TEST_NOW.toISOString();
    const call = doneCall({
      ...{ id: 'a', conversationId: 'c', messageId: 'm0', tool: 'refund_order', title: 'Refund', input },
      ...{ fields: [], effect: '', call: '', amount: null, findings: [], status: 'succeeded', detail: '' },
      ...{ decisions: [], facts: [...outcome.facts], proof: outcome.proof, createdAt: at, updatedAt: at },
    });
    const suggestion = await run(conversationOf(asks), { doneCalls: [call] }, on);
    const reply = replyOf(suggestion);
    expect(reply).toMatch(/We have refunded 20\.00 EUR of order HP-104244 to your iDEAL on/);
    expect(reply).toContain('The refund number is RF-HP-104244-2000.');
    if (suggestion.outcome !== 'reply') throw new Error('no reply');
    const ids = suggestion.draft.sentences.flatMap(({ id, text }) =>
      /refunded|refund number/.test(text) ? [id] : [],
    );
    const supports = suggestion.critique.sentences.filter(({ sentenceId }) => ids.includes(sentenceId));
    expect(supports.map(({ support }) => support)).toEqual(['supported', 'supported']);
  });
});
