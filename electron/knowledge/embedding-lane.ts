import type { Logger } from '../../shared/lib/logger.js';
import { createDenseIndex, type DenseIndex, type TakenGraph } from './index/dense-index.js';
import type { MakeGraphAway } from './index/make-graph.js';
import type { PassageEmbedder } from './passage-embedder.js';
import type { VectorKind } from './store/vector-list.js';
import type { VectorStore } from './store/vector-store.js';

/** An embedder with the indexes of its vectors; vectors of two embedders never meet in one. */
export interface EmbeddingLane extends Pick<DenseIndex, 'open' | 'refresh' | 'settle'> {
  readonly embedder: PassageEmbedder;
  readonly passages: Pick<DenseIndex, 'current'>;
  /** The titles of articles, each under the id of the article's first passage. */
  readonly titles: Pick<DenseIndex, 'current'>;
  /** Takes a graph that came with a release; see {@link DenseIndex.take}. */
  take(graph: TakenGraph & { readonly kind: VectorKind }, generation: number, release: number): Promise<void>;
}

export interface EmbeddingLaneDeps {
  readonly workspaceDir: string;
  readonly databaseFile: string;
  readonly vectors: VectorStore;
  readonly log: Logger;
  readonly makeAway: MakeGraphAway | undefined;
  readonly exactBelow: number | undefined;
}

export function createEmbeddingLane(embedder: PassageEmbedder, deps: EmbeddingLaneDeps): EmbeddingLane {
  const passages = createDenseIndex({ ...deps, embedder, kind: 'passages' });
  const titles = createDenseIndex({ ...deps, embedder, kind: 'titles' });
  return {
    ...{ embedder, passages, titles },
    async open(generation) {
      await passages.open(generation);
      await titles.open(generation);
    },
    refresh() {
      passages.refresh();
      titles.refresh();
    },
    take: (graph, ...at) => (graph.kind === 'passages' ? passages : titles).take(graph, ...at),
    async settle(generation, onProgress, signal) {
      await passages.settle(generation, onProgress, signal);
      await titles.settle(generation, onProgress, signal);
    },
  };
}
