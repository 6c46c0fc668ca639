import type { OpenAiCompatible } from '../../../shared/domain/embedder-settings.js';
import { AppErrorException } from '../../../shared/errors/app-error.js';
import type { Embedder } from '../embedder.js';
import { createEmbeddingService, type EmbeddingServiceOptions, type Outbound } from './embedding-service.js';
import { cutToTokens, estimateTokens, remoteShape, type EmbedRemotely } from './remote-embedder.js';

/**
 * Any service that speaks OpenAI's embeddings protocol. Lives where the network may be used, never in the engine
 * worker. Answers are distrusted: rows that are missing, doubled, short or not finite numbers are refused.
 */
export function createOpenAiEmbedder(options: EmbeddingServiceOptions): Embedder {
  const { settings } = options;
  const shape = remoteShape(settings);
  const service = createEmbeddingService(options);
  const closing = new AbortController();
  return {
    ...shape,
    countTokens: estimateTokens,
    async embed(texts, cancel, role = 'query') {
      const signal = cancel ? AbortSignal.any([cancel, closing.signal]) : closing.signal;
      if (signal.aborted) throw new AppErrorException('SUGGESTION_CANCELLED');
      const prefix = role === 'query' ? settings.queryPrefix : settings.passagePrefix;
      const rows = texts.map(() => new Float32Array(shape.dimensions));
      const filled = [...texts.keys()].filter((row) => texts[row]?.trim() !== '');
      for (let start = 0; start < filled.length; start += settings.batchSize) {
        const batch = filled.slice(start, start + settings.batchSize);
        const input = batch.map((row) => cutToTokens(prefix + (texts[row] ?? ''), settings.maxTokens));
        const vectors = await service.ask(input, { role, dimensions: shape.dimensions, signal });
        batch.forEach((row, i) => rows[row]?.set(vectors[i] ?? []));
      }
      return rows;
    },
    close() {
      closing.abort();
      return Promise.resolve();
    },
  };
}

/**
 * Asks a service for one vector, before its settings are kept.
 * @returns how many numbers it has.
 * @throws AppErrorException as {@link Embedder.embed}.
 */
export async function probeOpenAiEmbedder(
  options: EmbeddingServiceOptions,
  signal: AbortSignal = new AbortController().signal,
): Promise<number> {
  const service = createEmbeddingService(options);
  const [vector] = await service.ask(['Where is my parcel?'], { role: 'trial', dimensions: null, signal });
  return vector?.length ?? 0;
}

/**
 * Embeds with whatever service the settings of a call name; each service is opened once.
 * @param keyOf the key for a service; null when there is none.
 */
export function createServiceEmbedders(
  keyOf: (settings: OpenAiCompatible) => string | null,
  outbound: Outbound,
): EmbedRemotely {
  const opened = new Map<string, Embedder>();
  return (settings, texts, role, signal) => {
    const key = JSON.stringify(settings);
    const embedder =
      opened.get(key) ?? createOpenAiEmbedder({ settings, apiKey: () => keyOf(settings), outbound });
    opened.set(key, embedder);
    return embedder.embed(texts, signal, role);
  };
}
