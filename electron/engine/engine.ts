import type { EmbedderSettings, EmbedderTrial } from '../../shared/domain/embedder-settings.js';
import type { Team } from '../../shared/domain/team.js';
import type { KnowledgeBase } from '../knowledge/knowledge-base.js';
import type { ReleasedKnowledge, ReleaseRequest } from '../knowledge/release/released-knowledge.js';
import type { StoredRelease } from '../knowledge/store/release-store.js';
import type { Embedder, PassageVectors } from '../models/embedder.js';
import type { IntentClassifier } from '../models/intent-classifier.js';

/** Where the engine finds its files. */
export interface EngineOptions {
  /** Folder that holds `knowledge.db`, the index files and `classifier.json`. */
  readonly workspaceDir: string;
  /** Folder where a newer state of the articles that came with the workspace may wait to be taken over. */
  readonly arrivingDir?: string;
  /** Folder with `use-lite-support-w8.onnx`, `vocab.json`, `embedder.json`. Classifier and drafting always use this model. */
  readonly embedderDir: string;
  /** What passages and questions are found with; the bundled model when left out. */
  readonly embedder?: EmbedderSettings;
  /** What the classifier learns from; training is skipped when nothing changed since the last time. */
  readonly team: Team;
  /** True where somebody stays around: changed files of watched sources are then taken over. A one-shot command leaves them. */
  readonly followsSources?: boolean;
}

/** The team as a release says it. */
export interface ReleasedTeam {
  readonly release: number;
  readonly team: Team;
}

/** Told of releases, so that what hangs on the team changes in step with knowledge and classifier. */
export interface ReleaseListener {
  /** A release is about to come into force: what takes time is done now, and the commit waits for it a while. */
  coming(team: ReleasedTeam): Promise<void>;
  /** A team is in force. Also told at each start of the engine, with what the store holds: null where that is no release. */
  inForce(team: ReleasedTeam | null): void;
}

/** {@link ReleasedKnowledge}, with the team each release makes. */
export interface EngineReleases extends Omit<ReleasedKnowledge, 'apply'> {
  /** The team of the release in use, its gaps filled from the options; null before the first. */
  team(): Promise<ReleasedTeam | null>;
  /**
   * As {@link ReleasedKnowledge.apply}; the team's classifier is made ready meanwhile, and knowledge, classifier and what the listeners hold
   * change together.
   * @throws AppErrorException besides, KNOWLEDGE_ENGINE_STOPPED: ask `release` what is in force.
   */
  apply(
    request: ReleaseRequest,
    onProgress: (done: number, total: number) => void,
    signal?: AbortSignal,
  ): Promise<StoredRelease>;
  /** Returns the function that stops listening. */
  onChanged(listener: ReleaseListener): () => void;
}

/** Everything that computes: embedding, search, index build, intent classification. Runs in a worker thread. */
export interface Engine {
  readonly knowledge: KnowledgeBase;
  readonly releases: EngineReleases;
  /** Of the team of the options, or of the release that was applied last. */
  readonly classifier: IntentClassifier;
  /** Of the team as a release says it; one that is not in force any more goes on for runs that began with it. Null: no release. */
  classifierOf(release: number | null): IntentClassifier;
  /** The bundled model, whatever finds passages; empty-handed (`KNOWLEDGE_EMBEDDER_MISSING`) when its files are missing. */
  readonly embedder: Pick<Embedder, 'embed'>;
  /** The model passages are found with: what is published is embedded with it. */
  readonly passages: PassageVectors;
  /**
   * Opens a model that runs on this machine beside those in use, embeds one text and closes it.
   * @throws AppErrorException KNOWLEDGE_EMBEDDER_MISSING, EMBEDDER_FOLDER_UNUSABLE, SUGGESTION_CANCELLED.
   */
  tryEmbedder(settings: EmbedderSettings, signal?: AbortSignal): Promise<EmbedderTrial>;
  /** Ends the worker after what is being written has been written. */
  close(): Promise<void>;
}
