import { articleId } from './sources/article-ids.js';
import type { SourceStore } from './store/source-store.js';

/** Names an article of no source where an article of a source has its id already. */
const BESIDE = 'of-workspace';

/** The id an article that belongs to no source (the demo's, a release's) has here: its own, unless an article of a source has that. */
export function detachedId(id: string, store: Pick<SourceStore, 'identity'>): string {
  const isOfSource = (store.identity(id)?.sourceId ?? null) !== null;
  return isOfSource ? articleId(id, BESIDE) : id;
}
