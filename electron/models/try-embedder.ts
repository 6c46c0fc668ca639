import type { EmbedderSettings, EmbedderTrial } from '../../shared/domain/embedder-settings.js';
import type { Embedder } from './embedder.js';

/** What a model is tried with: a question any customer may ask. */
const TRIAL_TEXT = 'Where is my parcel?';

/**
 * Embeds one text with a model that runs on this machine, and closes it again.
 * @throws AppErrorException as opening the model and {@link Embedder.embed} do.
 */
export async function tryEmbedder(
  settings: EmbedderSettings,
  open: (settings: EmbedderSettings) => Promise<Embedder>,
  signal?: AbortSignal,
): Promise<EmbedderTrial> {
  const embedder = await open(settings);
  try {
    const startedAt = performance.now();
    await embedder.embed([TRIAL_TEXT], signal);
    const durationMs = performance.now() - startedAt;
    return { settings, id: embedder.id, dimensions: embedder.dimensions, durationMs };
  } finally {
    await embedder.close();
  }
}
