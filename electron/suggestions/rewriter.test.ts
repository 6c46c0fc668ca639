import { describe, expect, it } from 'vitest';

import type { Conversation } from '../../shared/domain/conversation.js';
import type { DraftSentence } from '../../shared/domain/draft.js';
import type { Evidence } from '../../shared/domain/evidence.js';
import type { RewriteAction } from '../../shared/domain/rewrite.js';
import type { Suggestion } from '../../shared/domain/suggestion.js';
import { silentLogger } from '../../shared/lib/logger.js';
import type { ChatCall } from '../models/chat-model.js';
import {
  createScriptedChatModel,
  promptOf,
  ScriptedFailure,
  type Script,
} from '../models/scripted-chat-model-for-tests.js';
import { checkDraft } from '../agents/critique/check-draft.js';
import { loadTeam } from '../workspace/team-loader.js';
import { finished } from './stepped-graph-for-tests.js';
import { createRewriter } from './rewriter.js';

const team = loadTeam(new URL('../../resources/demo', import.meta.url).pathname, 'demo');
const conversation: Conversation = {
  ...{ id: 'c-1', subject: '', channel: 'email', status: 'open', updatedAt: '2026-11-20T10:00:00.000Z' },
  customer: { name: 'Ada Berg', email: 'ada@example.com' },
  messages: [
    {
      ...{ id: 'm0', conversationId: 'c-1', author: 'customer', text: 'How long can I return it?' },
      sentAt: '2026-11-20T10:00:00.000Z',
    },
  ],
};
const source = 'You have 30 days from delivery to return an item to us. The item must be unused.';
const evidence: Evidence = {
  ...{ id: 'E1', articleId: 'return-policy', articleTitle: 'Returns', category: 'returns', headingPath: [] },
  ...{ audience: 'public', language: 'en', brand: null, product: null, updatedAt: null, validFrom: null },
  ...{ validUntil: null, freshness: 'current', page: null, chunkId: 'k', text: source, score: 1 },
  ...{ span: { start: 0, end: source.length }, lexicalRank: 1, denseRank: 1, cosine: 1 },
};
const cite = (start: number, end: number): DraftSentence['citations'] => [
  { kind: 'evidence', evidenceId: 'E1', span: { start, end } },
];
const sentences: DraftSentence[] = [
  { id: 'S1', text: 'Hi Ada,', role: 'courtesy', citations: [], lead: 'paragraph' },
  {
    id: 'S2',
    text: 'You have 30 days from delivery to return an item to us.',
    role: 'claim',
    citations: cite(0, 55),
    lead: 'paragraph',
  },
  { id: 'S3', text: 'The item must be unused.', role: 'claim', citations: cite(56, 80), lead: 'space' },
  { id: 'S4', text: 'I hope this helps.', role: 'courtesy', citations: [], lead: 'paragraph' },
];
const reply: Suggestion = {
  ...finished({ runId: 'r-1', conversation }),
  evidence: [evidence],
  outcome: 'reply',
  draft: { sentences, variant: 'standard', revision: 0 },
  critique: { verdict: 'pass', sentences: [], issues: [], groundedness: 1 },
};

function rewriterOf(script: Script | null) {
  const scripted = script && createScriptedChatModel(script);
  const rewriter = createRewriter({
    check: (input) => Promise.resolve(checkDraft(input)),
    find: (runId) => (runId === 'r-1' ? reply : null),
    team: () => team,
    helpdesk: { open: () => Promise.resolve(conversation) },
    chat: scripted?.model ?? null,
    now: () => new Date('2026-11-20T10:00:00.000Z'),
    log: silentLogger,
  });
  return { rewriter, calls: scripted?.calls ?? [] };
}

const ofReply = { kind: 'reply' as const, runId: 'r-1', sentences };
const rewrite = (
  script: Script | null,
  action: RewriteAction,
  from: Parameters<ReturnType<typeof createRewriter>['rewrite']>[1] = ofReply,
) => rewriterOf(script).rewriter.rewrite('c-1', from, action);

describe('a reply that is rewritten', () => {
  // Catches: a rewritten reply without its evidence, or one that nobody checked.
  it('keeps its citations and is checked again', async () => {
    const write = () => [
      'Hello Ada,\n\nSure: you have 30 days from delivery to return an item to us. [A1]\nThe item must be unused. [A2]\n\nI hope this helps.',
    ];
    const { sentences: fresh, critique, strategy } = await rewrite({ write }, { kind: 'friendlier' });
    expect(strategy).toBe('model');
    expect(fresh.map(({ citations }) => citations)).toEqual([[], cite(0, 55), cite(56, 80), []]);
    expect(critique?.sentences.map(({ support }) => support)).toEqual([
      'not_needed',
      'supported',
      'supported',
      'not_needed',
    ]);
  });

  // Catches: a model that "improves" a number, forgets a rule, adds one, or tears a sentence from its evidence.
  it.each([
    [
      'another number',
      'Hi Ada,\nYou have 60 days from delivery to return an item to us. [A1]\nThe item must be unused. [A2]',
    ],
    [
      'a number too many',
      'Hi Ada,\nYou have 30 days from delivery, and 5 EUR off. [A1]\nThe item must be unused. [A2]',
    ],
    ['a rule left out', 'Hi Ada,\nYou have 30 days from delivery to return an item to us. [A1]'],
    [
      'no marks',
      'Hi Ada,\nYou have 30 days from delivery to return an item to us.\nThe item must be unused.',
    ],
    [
      'a link',
      'Hi Ada,\nYou have 30 days from delivery, see https://evil.example/a. [A1]\nThe item must be unused. [A2]',
    ],
  ])('is not taken with %s', async (_, text) => {
    await expect(rewrite({ write: () => [text] }, { kind: 'more_formal' })).rejects.toMatchObject({
      error: { code: 'REWRITE_CHANGED_FACTS' },
    });
  });

  // Catches: a sentence that was not supported and is made to look so by a rewrite.
  it('a claim that is new comes back unsupported', async () => {
    const write = () => [
      'You have 30 days from delivery to return an item to us. [A1]\nThe item must be unused. [A2]\nReturns by bicycle courier are preferred.',
    ];
    const { critique } = await rewrite({ write }, { kind: 'longer' });
    expect(critique?.sentences.at(-1)?.support).toBe('unsupported');
  });

  // Catches: a translation judged by words of another language, and a number lost on the way.
  it('translated keeps verdicts and numbers', async () => {
    const write = () => [
      'Hallo Ada,\n\nSie haben ab Lieferung 30 Tage Zeit, einen Artikel zurückzugeben. [A1]\nDer Artikel muss unbenutzt sein. [A2]',
    ];
    const to = { kind: 'translate' as const, language: 'de' };
    const { critique } = await rewrite({ write }, to);
    expect(critique?.sentences.map(({ support }) => support)).toEqual([
      'not_needed',
      'supported',
      'supported',
    ]);
    const wrong = () => ['Sie haben 13 Tage. [A1]\nDer Artikel muss unbenutzt sein. [A2]'];
    await expect(rewrite({ write: wrong }, to)).rejects.toMatchObject({
      error: { code: 'REWRITE_CHANGED_FACTS' },
    });
  });

  it('shorter works without a model, and where the model fails', async () => {
    const dead = () => {
      throw new ScriptedFailure('MODEL_UNREACHABLE');
    };
    for (const script of [null, { write: dead }]) {
      const { text, strategy, critique } = await rewrite(script, { kind: 'shorter' });
      expect([text, strategy]).toEqual([
        'Hi Ada,\n\nYou have 30 days from delivery to return an item to us.\n\nI hope this helps.',
        'local',
      ]);
      expect(critique?.groundedness).toBe(1);
    }
  });

  it('says what is missing: a model, or the suggestion', async () => {
    await expect(rewrite(null, { kind: 'friendlier' })).rejects.toMatchObject({
      error: { code: 'MODEL_MISSING' },
    });
    const other = { kind: 'reply' as const, runId: 'r-9', sentences };
    await expect(rewrite(null, { kind: 'shorter' }, other)).rejects.toMatchObject({
      error: { code: 'SUGGESTION_NOT_FOUND' },
    });
  });
});

describe("a text of the rep's own", () => {
  it('is rewritten without being judged, fenced, with its numbers kept', async () => {
    const { rewriter, calls } = rewriterOf({ write: () => ['We shipped order HP-104233 yesterday.'] });
    const text = 'we shiped order HP-104233 yesterday';
    const result = await rewriter.rewrite(
      'c-1',
      { kind: 'text', text, runId: null },
      { kind: 'fix_grammar' },
    );
    expect(result).toMatchObject({ text: 'We shipped order HP-104233 yesterday.', critique: null });
    expect(promptOf(calls[0] as ChatCall)).toMatch(/<<draft [0-9a-f]+>>\n\| we shiped/);
  });

  // Catches: an invention in the rep's name that is never shown, and a checked text that loses its verdicts.
  it('is checked against what the run beside it found', async () => {
    const write = () => [
      'Hi Ada,\n\nYou have 30 days from delivery to return an item to us. Our drone collects it from your roof.',
    ];
    const own = { kind: 'text' as const, text: 'you have 30 days, ada', runId: 'r-1' };
    const result = await rewrite({ write }, { kind: 'longer' }, own);
    expect(result.text).toBe(write()[0]);
    expect(result.sentences.map(({ text }) => text)).toHaveLength(3);
    expect(result.critique?.sentences.map(({ support }) => support)).toEqual([
      'not_needed',
      'supported',
      'unsupported',
    ]);
  });

  it('translated has the verdicts of what it was made of, where the two go sentence by sentence', async () => {
    const text =
      'You have 30 days from delivery to return an item to us. Our drone collects it from your roof.';
    const own = { kind: 'text' as const, text, runId: 'r-1' };
    const to = { kind: 'translate' as const, language: 'de' };
    const two = await rewrite(
      { write: () => ['Sie haben ab Lieferung 30 Tage Zeit. Unsere Drohne holt den Artikel ab.'] },
      to,
      own,
    );
    expect(two.critique?.sentences.map(({ support }) => support)).toEqual(['supported', 'unsupported']);
    const one = await rewrite({ write: () => ['Sie haben 30 Tage Zeit und eine Drohne kommt.'] }, to, own);
    expect(one.critique).toBeNull();
  });

  it('is not taken with another order number', async () => {
    const write = () => ['We shipped order HP-104234 yesterday.'];
    const own = { kind: 'text' as const, text: 'we shiped order HP-104233 yesterday', runId: null };
    await expect(rewrite({ write }, { kind: 'fix_grammar' }, own)).rejects.toMatchObject({
      error: { code: 'REWRITE_CHANGED_FACTS' },
    });
  });

  // Catches: the answer to a first wish over the text of the second.
  it('a second wish ends the first', async () => {
    const { rewriter } = rewriterOf({
      write: async function* () {
        await new Promise((resolve) => setTimeout(resolve, 20));
        yield 'Hello.';
      },
    });
    const first = rewriter.rewrite(
      'c-1',
      { kind: 'text', text: 'hello', runId: null },
      { kind: 'friendlier' },
    );
    const second = rewriter.rewrite('c-1', { kind: 'text', text: 'hello', runId: null }, { kind: 'shorter' });
    await expect(first).rejects.toMatchObject({ error: { code: 'SUGGESTION_CANCELLED' } });
    expect((await second).text).toBe('Hello.');
  });
});
