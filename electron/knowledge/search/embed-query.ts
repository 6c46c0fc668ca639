import { AppErrorException, type ErrorCode } from '../../../shared/errors/app-error.js';
import type { Logger } from '../../../shared/lib/logger.js';
import type { PassageEmbedder } from '../passage-embedder.js';
import type { EmbedTexts } from './understand.js';

/**
 * Embeds the texts of a search with the embedder that answers. None come back without an embedder, or when its service does not answer: words
 * remain to search by.
 */
export function createQueryEmbedder(
  answering: () => PassageEmbedder | undefined,
  log: Logger,
): (signal: AbortSignal | undefined) => EmbedTexts {
  return (signal) => async (texts) => {
    const embedder = answering();
    if (!embedder || texts.length === 0) return [];
    try {
      return await embedder.embed(texts, signal, 'query');
    } catch (cause) {
      if (!isServiceProblem(cause)) throw cause;
      log.warn('embedder.no_answer', { code: cause.error.code });
      return [];
    }
  };
}

/** Nothing was sent: it must not be, or it could not be written into the ledger first. */
const NOT_SENT: ReadonlySet<ErrorCode> = new Set(['PRIVACY_BLOCKED', 'LEDGER_NOT_WRITABLE']);

/** A service that does not answer, or must not be asked, leaves the words to search by; whatever else fails is to be seen. */
function isServiceProblem(cause: unknown): cause is AppErrorException {
  if (!(cause instanceof AppErrorException)) return false;
  return cause.error.code.startsWith('EMBEDDER_') || NOT_SENT.has(cause.error.code);
}
