import { existsSync } from 'node:fs';
import path from 'node:path';

import { createAnsweringStore, type Answering } from './store/answering-store.js';
import { openKnowledgeDatabase } from './store/knowledge-database.js';
import { createVectorStore } from './store/vector-store.js';

/** How far a workspace's passages are embedded. */
export interface ChangeState {
  /** What answers until all passages have a vector of the chosen embedder; null before the first import. */
  readonly answering: Answering | null;
  readonly passages: number;
  /** Passages that have a vector of the chosen embedder. */
  readonly embedded: number;
}

/**
 * Looks at a workspace without changing what it knows or going on with a change.
 * @throws AppErrorException KNOWLEDGE_DATABASE_CORRUPT, KNOWLEDGE_NOT_SAVED.
 */
export function readChangeState(workspaceDir: string, chosenId: string): ChangeState {
  if (!existsSync(path.join(workspaceDir, 'knowledge.db')))
    return { answering: null, passages: 0, embedded: 0 };
  const database = openKnowledgeDatabase(workspaceDir);
  try {
    const { reader, writer } = database;
    const vectors = createVectorStore(reader, writer);
    const embedded = vectors.list({ kind: 'passages', embedderId: chosenId, dimensions: 0 }).count();
    return {
      answering: createAnsweringStore(reader, writer).read(),
      passages: embedded + vectors.passagesWithout(chosenId).length,
      embedded,
    };
  } finally {
    database.close();
  }
}
