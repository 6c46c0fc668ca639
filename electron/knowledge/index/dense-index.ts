import type { Logger } from '../../../shared/lib/logger.js';
import type { VectorStore } from '../store/vector-store.js';
import { createFlatIndex } from './flat-index.js';
import { createHnswFile, type IndexState } from './hnsw-file.js';
import { buildHnswIndex, updateHnswIndex } from './hnsw-index.js';
import type { KnowledgeIndex } from './knowledge-index.js';

/** With fewer chunks every vector is compared (docs/decisions/0003-exact-below-ten-thousand.md). */
export const EXACT_BELOW = 10_000;

export interface DenseIndexDeps {
  readonly workspaceDir: string;
  readonly vectors: VectorStore;
  readonly embedder: { readonly id: string; readonly dimensions: number };
  readonly log: Logger;
  /** Lowered by tests to answer from a real HNSW file with few articles. */
  readonly exactBelow?: number;
}

/** Keeps the index that answers, and the HNSW file behind it, at the state of the database. */
export interface DenseIndex {
  /** What answers now: the last complete state, also while the next one is built. */
  current(): KnowledgeIndex | null;
  /** Answers from what is stored at `generation`: the index file where it is right, else by comparing all vectors. */
  open(generation: number): Promise<void>;
  /** Answers from the committed vectors at once when they are few enough to compare them all. */
  refresh(): void;
  /** Brings the HNSW file to `generation`, building it in slices where it is missing, old or damaged. */
  settle(
    generation: number,
    onProgress: (done: number, total: number) => void,
    signal: AbortSignal,
  ): Promise<void>;
}

export function createDenseIndex(deps: DenseIndexDeps): DenseIndex {
  const { workspaceDir, vectors, embedder, log, exactBelow = EXACT_BELOW } = deps;
  const file = createHnswFile(workspaceDir);
  let current: KnowledgeIndex | null = null;

  const isExact = (): boolean => vectors.count(embedder.id) < exactBelow;
  const load = () => ({ ...vectors.load(embedder.id, embedder.dimensions), dimensions: embedder.dimensions });

  const build = async (
    state: IndexState,
    onProgress: (done: number, total: number) => void,
    signal: AbortSignal,
  ): Promise<KnowledgeIndex> => {
    const startedAt = performance.now();
    const source = load();
    // Until the graph stands, comparing all is slow but right.
    if (current?.kind !== 'hnsw') current = createFlatIndex(source);
    const total = source.labels.length;
    onProgress(0, total);
    const options = { onProgress: (done: number) => onProgress(done, total), signal };
    const updated = (await file.isOlder(state)) ? await updateHnswIndex(file.path, source, options) : null;
    const index = updated ?? (await buildHnswIndex(source, options));
    await file.write(index, state).catch((cause: unknown) => {
      // The graph in memory answers all the same; the next start builds it again.
      log.warn('index.not_saved', { code: String((cause as NodeJS.ErrnoException).code) });
    });
    log.info(updated ? 'index.updated' : 'index.built', {
      count: total,
      durationMs: Math.round(performance.now() - startedAt),
    });
    return index;
  };

  const stateAt = (generation: number): IndexState => ({
    generation,
    embedderId: embedder.id,
    count: vectors.count(embedder.id),
  });
  const refresh = (): void => {
    if (isExact()) current = createFlatIndex(load());
  };

  return {
    current: () => current,
    async open(generation) {
      refresh();
      current ??= await file.read(stateAt(generation), embedder.dimensions);
      current ??= createFlatIndex(load());
    },
    refresh,
    async settle(generation, onProgress, signal) {
      const state = stateAt(generation);
      if (state.count === 0) return;
      if (await file.isValid(state)) {
        if (!isExact() && current?.kind !== 'hnsw') current = await file.read(state, embedder.dimensions);
        return;
      }
      const built = await build(state, onProgress, signal);
      if (!isExact()) current = built;
    },
  };
}
