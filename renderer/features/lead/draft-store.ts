import { createStore, type StoreApi } from 'zustand/vanilla';

import type { AssistBridge, RouteOutput } from '../../../shared/contracts/ipc/index.js';
import type { ReleaseChange } from '../../../shared/contracts/hub/releases.js';
import type { TeamContents } from '../../../shared/contracts/ipc/lead.js';
import type { Publication } from '../../../shared/domain/publication.js';
import type { AppError } from '../../../shared/errors/app-error.js';
import type { Group } from './items.js';
import { createLoader, type Loaded } from './loaded.js';

export type ArticleRow = RouteOutput<'knowledge.list'>[number];

export interface DraftState {
  readonly contents: Loaded<TeamContents>;
  /** What this computer's knowledge has, for titles and to find articles by. */
  readonly articles: readonly ArticleRow[];
  /** Titles of published articles that are not on this computer, as those of a release it does not run. */
  readonly titles: Readonly<Record<string, string>>;
  /** Articles with passages that answer the query, best first; null before they were searched. */
  readonly answering: readonly string[] | null;
  readonly group: Group;
  readonly query: string;
  readonly isPublishing: boolean;
  readonly preview: Loaded<readonly ReleaseChange[]>;
  readonly publication: Publication;
  readonly notes: string;
  readonly assign: boolean;
  /** Why publishing did not begin. */
  readonly problem: AppError | null;
  readonly load: () => Promise<void>;
  /** Reads anew what this computer's knowledge has. */
  readonly loadArticles: () => Promise<void>;
  readonly choose: (group: Group) => void;
  readonly search: (query: string) => Promise<void>;
  /** Body of an article of this computer's knowledge; null when it cannot be read. */
  readonly markdownOf: (articleId: string) => Promise<string | null>;
  /** Shows what goes out, or goes back to editing. */
  readonly showPublish: (isPublishing: boolean) => void;
  readonly loadPreview: () => Promise<void>;
  readonly edit: (change: Partial<Pick<DraftState, 'notes' | 'assign'>>) => void;
  readonly publish: () => Promise<void>;
  readonly cancelPublish: () => Promise<void>;
  readonly connect: () => () => void;
}

export type DraftStore = StoreApi<DraftState>;

/** A list shows fewer at once. */
const TITLES_AT_MOST = 200;

/** The team's draft as the hub has it, finding something to edit in it, and publishing it. */
export function createDraftStore(bridge: AssistBridge): DraftStore {
  return createStore<DraftState>()((set, get) => {
    const loadContents = createLoader(
      () => get().contents,
      (contents) => set({ contents }),
      () => bridge.request('lead.contents', undefined),
    );
    /** Of what a canary brings, most often. */
    const loadTitles = async (): Promise<void> => {
      const { contents, articles, titles } = get();
      if (contents.kind !== 'ready') return;
      const known = new Set([...articles.map(({ id }) => id), ...Object.keys(titles)]);
      const articleIds = contents.value.articleIds.filter((id) => !known.has(id)).slice(0, TITLES_AT_MOST);
      if (articleIds.length === 0) return;
      const answer = await bridge.request('lead.titles', { articleIds });
      if (answer.ok) set({ titles: { ...get().titles, ...answer.value } });
    };
    const take = (publication: Publication): void => {
      set({ publication, ...(publication.kind === 'done' && { notes: '' }) });
    };
    return {
      contents: { kind: 'unread' },
      articles: [],
      titles: {},
      answering: null,
      ...{ group: 'article', query: '', isPublishing: false },
      preview: { kind: 'unread' },
      publication: { kind: 'none' },
      ...{ notes: '', assign: true, problem: null },
      async load() {
        await Promise.all([get().loadArticles(), loadContents()]);
        await loadTitles();
      },
      async loadArticles() {
        const articles = await bridge.request('knowledge.list', undefined);
        if (articles.ok) set({ articles: articles.value });
      },
      choose: (group) => set({ group, query: '', answering: null }),
      async search(query) {
        set({ query, answering: null });
        if (query.trim().length < 3 || get().group !== 'article') return;
        const answer = await bridge.request('knowledge.search', {
          ...{ query, pool: 'articles', brand: null, product: null, withInternal: true },
        });
        if (!answer.ok || get().query !== query) return;
        set({ answering: [...new Set(answer.value.passages.map(({ articleId }) => articleId))] });
      },
      async markdownOf(articleId) {
        const answer = await bridge.request('knowledge.article', { articleId });
        return answer.ok ? answer.value.markdown : null;
      },
      showPublish(isPublishing) {
        const { publication } = get();
        const isOver = publication.kind !== 'running' && publication.kind !== 'none';
        set({
          isPublishing,
          problem: null,
          ...(isPublishing && isOver && { publication: { kind: 'none' } }),
        });
        if (isPublishing) void get().loadPreview();
      },
      loadPreview: createLoader(
        () => get().preview,
        (preview) => set({ preview }),
        () => bridge.request('lead.preview', undefined),
      ),
      edit: (change) => set(change),
      async publish() {
        const { notes, assign, publication } = get();
        if (publication.kind === 'running') return;
        set({ problem: null });
        const answer = await bridge.request('lead.publish', { notes: notes.trim(), assign });
        if (!answer.ok) set({ problem: answer.error });
      },
      async cancelPublish() {
        await bridge.request('lead.cancel_publish', undefined);
      },
      connect() {
        // One may run since before this window was loaded; from then on main tells.
        void bridge.request('lead.publication', undefined).then((answer) => {
          if (answer.ok && answer.value.kind === 'running' && get().publication.kind === 'none')
            take(answer.value);
        });
        return bridge.on('lead.publication_changed', ({ publication }) => take(publication));
      },
    };
  });
}
