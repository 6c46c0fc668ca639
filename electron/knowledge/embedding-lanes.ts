import { isDeepStrictEqual } from 'node:util';

import type { EmbedderSettings } from '../../shared/domain/embedder-settings.js';
import type { Logger } from '../../shared/lib/logger.js';
import { pause } from './cancellation.js';
import { createEmbeddingLane, type EmbeddingLane } from './embedding-lane.js';
import { removeOtherIndexes } from './index/hnsw-file.js';
import type { MakeGraphAway } from './index/make-graph.js';
import type { PassageEmbedder } from './passage-embedder.js';
import { createAnsweringStore } from './store/answering-store.js';
import type { KnowledgeDatabase } from './store/knowledge-database.js';
import type { VectorStore } from './store/vector-store.js';

export interface EmbeddingLanesDeps {
  readonly workspaceDir: string;
  readonly database: KnowledgeDatabase;
  readonly vectors: VectorStore;
  readonly log: Logger;
  /** The embedder the team has chosen, and its settings, to open it again after the team has chosen another. */
  readonly embedder: PassageEmbedder;
  readonly settings: EmbedderSettings | null;
  /** Opens the embedder that answered until now. */
  readonly openPrevious: ((settings: EmbedderSettings) => Promise<PassageEmbedder>) | undefined;
  readonly makeAway: MakeGraphAway | undefined;
  readonly exactBelow: number | undefined;
}

/**
 * Which embedder answers. After a change of embedder that is the one before, with its own vectors and index, until
 * all passages have vectors and an index of the chosen one; a kill on the way leaves it so and the next start goes on.
 */
export interface EmbeddingLanes {
  /** Null until {@link open} is done. */
  answering(): EmbeddingLane | null;
  /** The chosen embedder while it does not answer yet. */
  next(): EmbeddingLane | null;
  open(generation: number): Promise<void>;
  /** Takes over what was committed. */
  refresh(): void;
  /** Lets the chosen embedder answer from now on. Nothing else may write meanwhile. */
  swap(): void;
  /** Drops vectors and index files of embedders that neither answer nor are about to, a few at a time. */
  dropOthers(signal: AbortSignal): Promise<void>;
}

export function createEmbeddingLanes(deps: EmbeddingLanesDeps): EmbeddingLanes {
  const { workspaceDir, database, vectors, embedder, settings } = deps;
  const store = createAnsweringStore(database.reader, database.writer);
  const laneOf = (of: PassageEmbedder): EmbeddingLane =>
    createEmbeddingLane(of, { ...deps, databaseFile: database.file });
  let answering: EmbeddingLane | null = null;
  let next: EmbeddingLane | null = null;

  /** The embedder before, where it can still be had and has vectors to answer with. */
  const openBefore = async (): Promise<PassageEmbedder | null> => {
    const before = store.read();
    if (!before || before.embedderId === embedder.id || !before.settings || !deps.openPrevious) return null;
    if (!vectors.embedders().includes(before.embedderId)) return null;
    const opened = await deps.openPrevious(before.settings).catch(() => null);
    // Behind the same settings may be another model by now.
    return opened?.id === before.embedderId ? opened : null;
  };

  return {
    answering: () => answering,
    next: () => next,
    async open(generation) {
      const before = await openBefore();
      const lane = laneOf(before ?? embedder);
      await lane.open(generation);
      if (before) next = laneOf(embedder);
      answering = lane;
    },
    refresh: () => answering?.refresh(),
    swap() {
      const chosen = next ?? answering;
      if (!chosen) return;
      const before = store.read();
      const now = { embedderId: chosen.embedder.id, settings };
      // The same embedder may by now be reached in another way, with another key for example.
      if (!isDeepStrictEqual(before, now)) store.write(now);
      answering = chosen;
      next = null;
    },
    async dropOthers(signal) {
      const kept = [answering, next].flatMap((lane) => (lane ? [lane.embedder.id] : []));
      for (const id of vectors.embedders().filter((other) => !kept.includes(other))) {
        while (!signal.aborted && vectors.dropSome(id)) await pause();
      }
      await removeOtherIndexes(workspaceDir, kept);
    },
  };
}
