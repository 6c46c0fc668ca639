import { createStore, type StoreApi } from 'zustand/vanilla';

import type { AssistBridge, RouteInput, RouteOutput } from '../../../shared/contracts/ipc/index.js';
import type { Span } from '../../../shared/domain/evidence.js';
import type { KnowledgeArticle, KnowledgeStatus } from '../../../shared/domain/knowledge-article.js';
import type { AppError } from '../../../shared/errors/app-error.js';
import { placeNow, type PassageAsFound } from './passage-place.js';
import { createStoreContext, useSelected } from '../../bridge/store-context.js';

export type ArticleRow = Omit<KnowledgeArticle, 'markdown'>;

/** What the reader is asked to open: an article, the passage in it, and the part of the passage that was cited. */
export interface ArticlePlace {
  readonly articleId: string;
  readonly title: string;
  readonly passage: Span | null;
  readonly cited: Span | null;
  /** Places that speak to an assistant. */
  readonly instructions?: readonly Span[];
  /** What a suggestion stored of the passage; left out where the passage was just found. */
  readonly found?: PassageAsFound;
}

/** One article on screen. */
export type Reader =
  | { readonly kind: 'closed' }
  | { readonly kind: 'loading'; readonly place: ArticlePlace }
  | { readonly kind: 'failed'; readonly place: ArticlePlace; readonly error: AppError }
  | {
      readonly kind: 'open';
      readonly place: ArticlePlace;
      readonly article: KnowledgeArticle;
      /** The passage as it was, where the article does not hold it any more. */
      readonly old: PassageAsFound | null;
    };

/** What the knowledge panel lists: all articles, or the passages that fit a question. */
export type Search =
  | { readonly kind: 'none' }
  | { readonly kind: 'searching' }
  | { readonly kind: 'found'; readonly found: RouteOutput<'knowledge.search'> }
  | { readonly kind: 'failed'; readonly error: AppError };

/** Where the knowledge panel looks: which pool, whose brand and product, with or without what customers may not see. */
export type SearchScope = Omit<RouteInput<'knowledge.search'>, 'query'>;

/** The two sides of the knowledge panel: what is known, and where it comes from. */
export type KnowledgeView = 'library' | 'sources';

const everything: SearchScope = { pool: 'articles', brand: null, product: null, withInternal: true };

export interface KnowledgeState {
  readonly status: KnowledgeStatus;
  readonly articles: readonly ArticleRow[];
  readonly view: KnowledgeView;
  readonly query: string;
  readonly scope: SearchScope;
  readonly search: Search;
  readonly reader: Reader;
  readonly loadStatus: () => Promise<void>;
  readonly loadArticles: () => Promise<void>;
  readonly show: (view: KnowledgeView) => void;
  readonly ask: (query: string) => Promise<void>;
  /** Looks elsewhere, and asks again there when there is a question. */
  readonly narrow: (change: Partial<SearchScope>) => Promise<void>;
  readonly openArticle: (place: ArticlePlace) => Promise<void>;
  readonly closeArticle: () => void;
  /** Forgets question and article, so that the panel opens on the whole list next time. */
  readonly leave: () => void;
  /** Begins to follow main; returns the function that stops. */
  readonly connect: () => () => void;
}

export type KnowledgeStore = StoreApi<KnowledgeState>;

/** Keeps the state of the index, the search of the knowledge panel and the article the rep reads. */
export function createKnowledgeStore(bridge: AssistBridge): KnowledgeStore {
  return createStore<KnowledgeState>()((set, get) => ({
    status: { state: 'opening' },
    articles: [],
    view: 'library',
    query: '',
    scope: everything,
    search: { kind: 'none' },
    reader: { kind: 'closed' },
    async loadStatus() {
      const before = get().status;
      const result = await bridge.request('knowledge.status', undefined);
      // A change that was told meanwhile is newer than this answer.
      if (get().status !== before) return;
      if (result.ok) return set({ status: result.value });
      const { code, message, next } = result.error;
      set({ status: { state: 'failed', code, message, next } });
    },
    async loadArticles() {
      const result = await bridge.request('knowledge.list', undefined);
      if (result.ok) set({ articles: result.value });
      else set({ search: { kind: 'failed', error: result.error } });
    },
    show: (view) => set({ view }),
    async ask(query) {
      set({ query });
      if (query.trim() === '') return set({ search: { kind: 'none' } });
      set({ search: { kind: 'searching' } });
      const { scope } = get();
      const asked = { query: query.trim().slice(0, 2000), ...scope };
      const result = await bridge.request('knowledge.search', asked);
      if (get().query !== query || get().scope !== scope) return;
      set({
        search: result.ok ? { kind: 'found', found: result.value } : { kind: 'failed', error: result.error },
      });
    },
    async narrow(change) {
      set({ scope: { ...get().scope, ...change } });
      await get().ask(get().query);
    },
    async openArticle(place) {
      set({ reader: { kind: 'loading', place } });
      const result = await bridge.request('knowledge.article', { articleId: place.articleId });
      const { reader } = get();
      if (reader.kind === 'closed' || reader.place !== place) return;
      set({
        reader: result.ok
          ? { kind: 'open', article: result.value, ...inArticle(place, result.value) }
          : { kind: 'failed', place, error: result.error },
      });
    },
    closeArticle: () => set({ reader: { kind: 'closed' } }),
    leave: () =>
      set({
        reader: { kind: 'closed' },
        view: 'library',
        query: '',
        scope: everything,
        search: { kind: 'none' },
      }),
    connect: () => bridge.on('knowledge.status_changed', ({ status }) => set({ status })),
  }));
}

/** A passage that was stored is looked for by its words: its place may have moved, or be gone. */
function inArticle(
  place: ArticlePlace,
  { markdown }: KnowledgeArticle,
): { readonly place: ArticlePlace; readonly old: PassageAsFound | null } {
  if (!place.found) return { place, old: null };
  const now = placeNow(markdown, place.found);
  if (now) {
    const moved = now.passage.start - place.found.span.start;
    const instructions = place.instructions?.map(({ start, end }) => ({
      start: start + moved,
      end: end + moved,
    }));
    return { place: { ...place, ...now, ...(instructions ? { instructions } : {}) }, old: null };
  }
  return { place: { ...place, passage: null, cited: null, instructions: [] }, old: place.found };
}

export const KnowledgeContext = createStoreContext<KnowledgeState>();

export const useKnowledge = <T>(selector: (state: KnowledgeState) => T): T =>
  useSelected(KnowledgeContext, selector);
