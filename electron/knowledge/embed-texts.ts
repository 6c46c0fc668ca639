import { embeddedText } from './chunks/chunk.js';
import { throwIfCancelled } from './cancellation.js';
import type { PassageEmbedder } from './passage-embedder.js';
import { titleKey } from './store/vector-list.js';
import type { VectorStore } from './store/vector-store.js';

/** Where vectors are looked up and kept, at once or when it is one's turn. */
export type VectorKeeper = Pick<VectorStore, 'missing'> & {
  keep(...rows: Parameters<VectorStore['keep']>): void | Promise<void>;
};

/** A passage or a title that may lack a vector. */
export interface TextToEmbed {
  readonly hash: string;
  readonly text: string;
}

/** Vectors are kept after each batch, so a kill loses at most this many. */
const BATCH_SIZE = 64;

export interface EmbedOptions {
  readonly onProgress: (done: number, total: number) => void;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Embeds and keeps what has no vector yet, each text once.
 * @returns how many were embedded.
 * @throws AppErrorException SUGGESTION_CANCELLED when the signal aborts; what was embedded by then is kept.
 */
export async function embedTexts(
  wanted: readonly TextToEmbed[],
  embedder: PassageEmbedder,
  store: VectorKeeper,
  { onProgress, signal }: EmbedOptions,
): Promise<number> {
  const texts = new Map(wanted.map(({ hash, text }) => [hash, text]));
  const missing = store.missing([...texts.keys()], embedder.id);
  for (let start = 0; start < missing.length; start += BATCH_SIZE) {
    throwIfCancelled(signal);
    onProgress(start, missing.length);
    const hashes = missing.slice(start, start + BATCH_SIZE);
    const vectors = await embedder.embed(
      hashes.map((hash) => texts.get(hash) ?? ''),
      signal,
      'passage',
    );
    await store.keep(
      hashes.flatMap((hash, i) => {
        const vector = vectors[i];
        return vector ? [{ hash, vector }] : [];
      }),
      embedder.id,
    );
  }
  return missing.length;
}

/** Stored passages and titles without a vector, as they were embedded when they came. */
export function storedTextsWithout(store: VectorStore, embedderId: string): TextToEmbed[] {
  return [
    ...store.passagesWithout(embedderId).map(({ hash, title, headings, body }) => ({
      hash,
      text: embeddedText(title, headings === '' ? [] : [headings], body),
    })),
    ...store.titlesWithout(embedderId).map(titleToEmbed),
  ];
}

/** Titles have an index of their own: a question often is one, and is shorter than what answers it. */
export const titleToEmbed = (title: string): TextToEmbed => ({ hash: titleKey(title), text: title });
