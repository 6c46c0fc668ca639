import type { EmbedderTrial, OpenAiCompatible, ServiceDraft } from '../../shared/domain/embedder-settings.js';
import { AppErrorException } from '../../shared/errors/app-error.js';
import type { Outbound } from './adapters/embedding-service.js';
import { probeOpenAiEmbedder } from './adapters/openai-embedder.js';
import { remoteShape } from './adapters/remote-embedder.js';

/**
 * Asks a service for the vector of one text and completes its settings with the numbers the vector has.
 * @throws AppErrorException EMBEDDER_KEY_MISSING, EMBEDDER_REFUSED, EMBEDDER_UNREACHABLE, EMBEDDER_BAD_ANSWER (also
 * when it was asked for another count of numbers), SUGGESTION_CANCELLED.
 */
export async function tryService(
  draft: ServiceDraft,
  keyOf: (settings: Pick<OpenAiCompatible, 'baseUrl' | 'keyVariable'>) => string | null,
  outbound: Outbound,
  signal?: AbortSignal,
): Promise<EmbedderTrial> {
  const asked = draft.dimensions;
  const asksForDimensions = asked !== null;
  const settings = { ...draft, dimensions: asked ?? 1, asksForDimensions };
  const startedAt = performance.now();
  const found = await probeOpenAiEmbedder({ settings, apiKey: () => keyOf(draft), outbound }, signal);
  const durationMs = performance.now() - startedAt;
  if (asked !== null && found !== asked)
    throw new AppErrorException(
      'EMBEDDER_BAD_ANSWER',
      `asked for ${String(asked)} numbers, got ${String(found)}`,
    );
  const complete = { ...settings, dimensions: found };
  return { settings: complete, id: remoteShape(complete).id, dimensions: found, durationMs };
}

/** The key in the environment variable that the settings name; null when they name none or it is not set. */
export const keyFromEnvironment = (
  { keyVariable }: Pick<OpenAiCompatible, 'keyVariable'>,
  env: NodeJS.ProcessEnv = process.env,
): string | null => (keyVariable === null ? null : env[keyVariable] || null);
