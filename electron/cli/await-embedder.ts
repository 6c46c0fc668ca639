import type { KnowledgeStatus } from '../../shared/domain/knowledge-article.js';
import type { ImportProgress } from '../../shared/domain/knowledge-source.js';
import { AppErrorException, errorCatalogue, type ErrorCode } from '../../shared/errors/app-error.js';
import { startPhase, type PhaseProgress } from '../knowledge/import/import-progress.js';
import type { KnowledgeBase } from '../knowledge/knowledge-base.js';

/**
 * Resolves when all passages have a vector of the embedder and it answers.
 * @param onProgress told how far that is, and null at the end.
 * @throws AppErrorException why it cannot go on now (what was embedded is kept); SUGGESTION_CANCELLED.
 */
export async function awaitEmbedder(
  knowledge: Pick<KnowledgeBase, 'status' | 'onStatusChanged'>,
  embedderId: string,
  onProgress: (progress: ImportProgress | null) => void,
  signal: AbortSignal,
): Promise<void> {
  let phase: (PhaseProgress & { readonly total: number }) | null = null;
  let stop: () => void = () => undefined;
  const isDone = (status: KnowledgeStatus): boolean => {
    switch (status.state) {
      case 'opening':
        return false;
      case 'indexing':
        // Another total is another job: after the last passage the index file is made.
        if (phase?.total !== status.total) {
          const name = phase ? 'indexing' : 'embedding';
          phase = { ...startPhase(name, status.total, onProgress), total: status.total };
        }
        phase.at(status.done);
        return false;
      case 'ready':
        if (status.changeProblem) throw problem(status.changeProblem.code, 'EMBEDDER_UNREACHABLE');
        return status.embedder === embedderId;
      case 'lexical_only':
        throw new AppErrorException('KNOWLEDGE_EMBEDDER_MISSING', status.reason);
      case 'failed':
        throw problem(status.code, 'KNOWLEDGE_ENGINE_STOPPED');
    }
  };
  try {
    await new Promise<void>((resolve, reject) => {
      const look = (status: KnowledgeStatus): void => {
        try {
          if (isDone(status)) resolve();
        } catch (cause) {
          reject(asError(cause));
        }
      };
      const cancel = (): void => reject(new AppErrorException('SUGGESTION_CANCELLED'));
      if (signal.aborted) cancel();
      signal.addEventListener('abort', cancel, { once: true });
      stop = knowledge.onStatusChanged(look);
      look(knowledge.status());
    });
  } finally {
    stop();
    onProgress(null);
  }
}

const asError = (cause: unknown): Error => (cause instanceof Error ? cause : new Error(String(cause)));

const problem = (code: string, otherwise: ErrorCode): AppErrorException =>
  new AppErrorException(Object.hasOwn(errorCatalogue, code) ? (code as ErrorCode) : otherwise);
