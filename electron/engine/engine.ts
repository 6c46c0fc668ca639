import type { Team } from '../../shared/domain/team.js';
import type { KnowledgeBase } from '../knowledge/knowledge-base.js';
import type { Embedder } from '../models/embedder.js';
import type { IntentClassifier } from '../models/intent-classifier.js';

/** Where the engine finds its files. */
export interface EngineOptions {
  /** Folder that holds `knowledge.db`, `index.hnsw` and `classifier.json`. */
  readonly workspaceDir: string;
  /** Folder with `use-lite-w8.onnx`, `vocab.json`, `embedder.json`. */
  readonly embedderDir: string;
  /** What the classifier learns from; training is skipped when nothing changed since the last time. */
  readonly team: Team;
}

/** Everything that computes: embedding, search, index build, intent classification. Runs in a worker thread. */
export interface Engine {
  readonly knowledge: KnowledgeBase;
  readonly classifier: IntentClassifier;
  /** The same model the index was built with; empty-handed (`KNOWLEDGE_EMBEDDER_MISSING`) when its files are missing. */
  readonly embedder: Pick<Embedder, 'embed'>;
  /** Ends the worker after what is being written has been written. */
  close(): Promise<void>;
}
