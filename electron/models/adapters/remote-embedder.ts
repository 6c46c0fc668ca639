import { createHash } from 'node:crypto';

import type { OpenAiCompatible } from '../../../shared/domain/embedder-settings.js';
import type { Embedder, TextRole } from '../embedder.js';

/** Has a service embed texts, where the network may be used. Same promises as {@link Embedder.embed}. */
export type EmbedRemotely = (
  settings: OpenAiCompatible,
  texts: readonly string[],
  role: TextRole,
  signal: AbortSignal | undefined,
) => Promise<Float32Array[]>;

/** A token of English has about four characters; three, so that no text is refused for its length. */
const CHARACTERS_A_TOKEN = 3;

/** What is known of a service's embedder without asking it. */
export function remoteShape(settings: OpenAiCompatible): Pick<Embedder, 'id' | 'dimensions' | 'maxTokens'> {
  const { baseUrl, model, dimensions, maxTokens, queryPrefix, passagePrefix } = settings;
  const asked = createHash('sha256').update(JSON.stringify([baseUrl, queryPrefix, passagePrefix, maxTokens]));
  return {
    id: `${new URL(baseUrl).hostname}/${model}/${String(dimensions)}-${asked.digest('hex').slice(0, 8)}`,
    dimensions,
    maxTokens,
  };
}

/** A text as it is sent: no longer than the service is told to read. */
export const cutToTokens = (text: string, maxTokens: number): string =>
  text.length > maxTokens * CHARACTERS_A_TOKEN ? text.slice(0, maxTokens * CHARACTERS_A_TOKEN) : text;

export const estimateTokens = (text: string): number => Math.ceil(text.length / CHARACTERS_A_TOKEN);

/** The embedder of a service as the engine sees it, which never touches the network itself. */
export function createRemoteEmbedder(settings: OpenAiCompatible, embedRemotely: EmbedRemotely): Embedder {
  return {
    ...remoteShape(settings),
    countTokens: estimateTokens,
    embed: (texts, signal, role = 'query') => embedRemotely(settings, texts, role, signal),
    close: () => Promise.resolve(),
  };
}
