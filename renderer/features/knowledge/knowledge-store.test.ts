import { expect, it } from 'vitest';

import type { KnowledgeArticle, KnowledgeStatus } from '../../../shared/domain/knowledge-article.js';
import { ok } from '../../../shared/lib/result.js';
import { createScriptedBridge } from '../../bridge/scripted-bridge.js';
import { createKnowledgeStore, type ArticlePlace } from './knowledge-store.js';

function article(id: string): KnowledgeArticle {
  return {
    id,
    title: id,
    category: 'returns',
    audience: 'public',
    language: 'en',
    brand: null,
    pool: 'articles' as const,
    product: null,
    owner: null,
    source: null,
    updatedAt: null,
    validFrom: null,
    validUntil: null,
    markdown: 'text',
  };
}

const place = (articleId: string): ArticlePlace => ({
  articleId,
  title: articleId,
  passage: null,
  cited: null,
});

// Catches a slow article that opens over the one the rep chose after it, or after Esc.
it('shows only the article that was asked for last', async () => {
  const answers = new Map<string, () => void>();
  const bridge = createScriptedBridge({
    'knowledge.article': ({ articleId }) =>
      new Promise((resolve) => answers.set(articleId, () => resolve(ok(article(articleId))))),
  });
  const store = createKnowledgeStore(bridge);
  const slow = store.getState().openArticle(place('slow'));
  const fast = store.getState().openArticle(place('fast'));
  answers.get('fast')?.();
  await fast;
  answers.get('slow')?.();
  await slow;
  expect(store.getState().reader).toMatchObject({ kind: 'open', article: { id: 'fast' } });

  const late = store.getState().openArticle(place('late'));
  store.getState().closeArticle();
  answers.get('late')?.();
  await late;
  expect(store.getState().reader).toEqual({ kind: 'closed' });
});

// Catches a status bar that goes back to "opening" after the index was ready.
it('prefers a status that was told over one that was asked for earlier', async () => {
  const ready: KnowledgeStatus = { state: 'ready', articles: 3, chunks: 9, embedder: 'use-lite' };
  const bridge = createScriptedBridge({ 'knowledge.status': () => ok({ state: 'opening' }) });
  const store = createKnowledgeStore(bridge);
  store.getState().connect();
  const asking = store.getState().loadStatus();
  bridge.emit('knowledge.status_changed', { status: ready });
  await asking;
  expect(store.getState().status).toEqual(ready);
});

// Catches passages of one brand under the filter of another, when the answers come in the wrong order.
it('shows only what was found in the scope that is set now', async () => {
  const answers = new Map<string | null, () => void>();
  const bridge = createScriptedBridge({
    'knowledge.search': ({ brand }) =>
      new Promise((resolve) =>
        answers.set(brand, () =>
          resolve(
            ok({ passages: [], confidence: brand === null ? 0.1 : 0.9, isAnswerable: true, mode: 'hybrid' }),
          ),
        ),
      ),
  });
  const store = createKnowledgeStore(bridge);
  const wide = store.getState().ask('returns');
  const narrow = store.getState().narrow({ brand: 'Nordic' });
  answers.get('Nordic')?.();
  await narrow;
  answers.get(null)?.();
  await wide;
  expect(store.getState().search).toMatchObject({ kind: 'found', found: { confidence: 0.9 } });
});

// Catches a filter that is set before anything was asked and shows an empty search instead of the list.
it('does not search when a filter is set without a question', async () => {
  const bridge = createScriptedBridge({});
  const store = createKnowledgeStore(bridge);
  await store.getState().narrow({ pool: 'cases' });
  expect(store.getState()).toMatchObject({ search: { kind: 'none' }, scope: { pool: 'cases' } });
  store.getState().leave();
  expect(store.getState().scope.pool).toBe('articles');
});

// Catches a mark on other words than the suggestion stood on, and a rep who never learns that the article changed.
it('shows the passage as it was when the article changed since', async () => {
  const markdown = 'Read this. You have 30 days.';
  const bridge = createScriptedBridge({
    'knowledge.article': ({ articleId }) => ok({ ...article(articleId), markdown }),
  });
  const store = createKnowledgeStore(bridge);
  const open = async (text: string): Promise<unknown> => {
    const span = { start: 0, end: text.length };
    const found = { text, span, cited: span, updatedAt: null };
    await store.getState().openArticle({ ...place('returns'), passage: span, cited: span, found });
    const { reader } = store.getState();
    return reader.kind === 'open' ? [reader.place.passage, reader.place.cited, reader.old?.text] : null;
  };
  const moved = { start: 11, end: 28 };
  expect(await open('You have 30 days.')).toEqual([moved, moved, undefined]);
  expect(await open('You have 60 days.')).toEqual([null, null, 'You have 60 days.']);
});
