import type { KnowledgePool } from '../../../shared/domain/knowledge-article.js';

/** A source as an import reads it; without an id what it holds is stored as if it had come with the workspace. */
export interface ScopeSource {
  readonly id: string | null;
  readonly path: string;
  readonly pool: KnowledgePool;
}

/** A source that is stored, or changed, together with what is read from it. */
export interface NewScopeSource extends ScopeSource {
  readonly id: string;
  readonly isWatched: boolean;
}

/** What an import makes equal to the files. */
export interface ImportScope {
  readonly sources: readonly ScopeSource[];
  /** Those of them that are stored only when the import ends well. */
  readonly added: readonly NewScopeSource[];
  /** Sources that leave with their articles. */
  readonly leaving: readonly string[];
  /** The pool whose articles of no source leave, too; null for none. */
  readonly replacesDetached: KnowledgePool | null;
}
