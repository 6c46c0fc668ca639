import { rename } from 'node:fs/promises';

import type { Logger } from '../../../shared/lib/logger.js';
import type { VectorKind } from '../store/vector-list.js';
import type { VectorStore } from '../store/vector-store.js';
import { createFlatIndex } from './flat-index.js';
import { createHnswFile, type IndexState } from './hnsw-file.js';
import type { HnswIndex } from './hnsw-index.js';
import type { KnowledgeIndex } from './knowledge-index.js';
import { makeGraph, type MakeGraphAway } from './make-graph.js';
import { createSievedIndex } from './sieved-index.js';

/** With fewer chunks every vector is compared (docs/decisions/0003-exact-below-ten-thousand.md). */
export const EXACT_BELOW = 10_000;
/** From this many chunks on a graph is made in a thread of its own; a smaller one is done before that has started. */
const AWAY_FROM = 5000;

export interface DenseIndexDeps {
  readonly workspaceDir: string;
  readonly databaseFile: string;
  readonly vectors: VectorStore;
  readonly kind: VectorKind;
  readonly embedder: { readonly id: string; readonly dimensions: number };
  readonly log: Logger;
  /** Makes large graphs in another thread; without it they are made in this one, in slices. */
  readonly makeAway?: MakeGraphAway | undefined;
  /** Lowered by tests to answer from a real HNSW file with few articles. */
  readonly exactBelow?: number | undefined;
}

/** A verified graph that came with a release; its file is moved. */
export interface TakenGraph {
  readonly file: string;
  /** False where it is one of before: a graph to start from. */
  readonly isComplete: boolean;
}

/** Keeps the index that answers, and the HNSW file behind it, at the state of the database. */
export interface DenseIndex {
  /** What answers now: the last complete state, also while the next one is built. */
  current(): KnowledgeIndex | null;
  /** Answers from what is stored at `generation`: the index file where it is right, else by comparing all vectors. */
  open(generation: number): Promise<void>;
  /** Answers from the committed vectors at once when they are few enough to compare them all. */
  refresh(): void;
  /** Takes a graph for what is stored at `generation`; one that is not complete is brought up to date by {@link settle}. */
  take(graph: TakenGraph, generation: number, release: number): Promise<void>;
  /** Brings the HNSW file to `generation`, building it in the background where it is missing, old or damaged. */
  settle(
    generation: number,
    onProgress: (done: number, total: number) => void,
    signal: AbortSignal,
  ): Promise<void>;
}

export function createDenseIndex(deps: DenseIndexDeps): DenseIndex {
  const { workspaceDir, databaseFile, kind, log, makeAway, exactBelow = EXACT_BELOW } = deps;
  const { id: embedderId, dimensions } = deps.embedder;
  const key = { kind, embedderId, dimensions };
  const vectors = deps.vectors.list(key);
  const file = createHnswFile(workspaceDir, embedderId, kind);
  let current: KnowledgeIndex | null = null;

  const isExact = (): boolean => !vectors.hasAtLeast(exactBelow);
  const sieve = async (): Promise<KnowledgeIndex> =>
    createSievedIndex({ ...(await vectors.loadInTurns()), dimensions });

  const build = async (
    state: IndexState,
    onProgress: (done: number, total: number) => void,
    signal: AbortSignal,
  ): Promise<KnowledgeIndex | null> => {
    const startedAt = performance.now();
    // Comparing all of many would take a search a quarter of a second until the graph stands.
    if (!isExact() && current?.kind !== 'hnsw') current = await sieve();
    const total = state.count;
    onProgress(0, total);
    const options = { onProgress: (done: number) => onProgress(done, total), signal };
    const older = await file.older(state);
    const here: { graph: HnswIndex | null } = { graph: null };
    const write = async (target: string): Promise<void> => {
      if (makeAway && total >= AWAY_FROM) {
        return makeAway({ databaseFile, vectors: key, older, target }, options);
      }
      here.graph = await makeGraph(vectors.source(), older, options);
      await here.graph.write(target);
    };
    await file.replace(state, write).catch((cause: unknown) => {
      if (signal.aborted) throw cause;
      // What answers goes on doing so, a graph in memory or comparing all; the next start builds the file again.
      log.warn('index.not_saved', { code: String((cause as NodeJS.ErrnoException).code) });
    });
    log.info(older ? 'index.updated' : 'index.built', {
      kind,
      count: total,
      durationMs: Math.round(performance.now() - startedAt),
    });
    return here.graph ?? file.read(state, dimensions);
  };

  const stateAt = (generation: number): IndexState => ({
    generation,
    embedderId,
    count: vectors.count(),
  });
  const refresh = (): void => {
    if (isExact()) current = createFlatIndex({ ...vectors.load(), dimensions });
  };

  return {
    current: () => current,
    async open(generation) {
      refresh();
      current ??= await file.read(stateAt(generation), dimensions);
      current ??= await sieve();
    },
    refresh,
    async take(graph, generation, release) {
      const state = stateAt(generation);
      const of = graph.isComplete ? state : { ...state, generation: generation - 1 };
      await file.replace(of, (target) => rename(graph.file, target), release);
      if (graph.isComplete && !isExact()) current = await file.read(state, dimensions);
    },
    async settle(generation, onProgress, signal) {
      const state = stateAt(generation);
      if (state.count === 0) return;
      if (await file.isValid(state)) {
        if (!isExact() && current?.kind !== 'hnsw') current = await file.read(state, dimensions);
        return;
      }
      const built = await build(state, onProgress, signal);
      if (built && !isExact()) current = built;
    },
  };
}
