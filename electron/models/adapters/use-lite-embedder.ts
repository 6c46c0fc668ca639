import { AppErrorException } from '../../../shared/errors/app-error.js';
import type { Embedder } from '../embedder.js';
import { readUseLiteFiles } from './use-lite-files.js';
import { tokenBatches } from './token-batches.js';
import { createUseLiteTokenizer } from './use-lite-tokenizer.js';

export interface UseLiteOptions {
  /** Folder with `embedder.json`, the model it names and `vocab.json`. */
  readonly dir: string;
  /** Cores one inference may use; 1 leaves the others to the app. */
  readonly threads?: number;
}

/** About 40 ms of one core (`cuecard bench retrieval`); larger runs are not faster. */
const TOKENS_A_RUN = 256;
/** As the published tokenizer: no longer text can change the first 128 tokens. */
const MAX_CHARACTERS = 4096;
/** Below this many letters capitals are an abbreviation, not shouting. */
const MIN_LETTERS_TO_JUDGE_CASE = 6;

/**
 * The Universal Sentence Encoder lite (English, 512 numbers a text) with 8-bit weights, run by onnxruntime on the CPU.
 *
 * A text that is mostly capitals is lower-cased first: the model is case-sensitive and reads capitals as unknown words.
 * @throws AppErrorException KNOWLEDGE_EMBEDDER_MISSING when its files are absent or damaged.
 */
export async function openUseLiteEmbedder({ dir, threads = 1 }: UseLiteOptions): Promise<Embedder> {
  const { manifest, model, vocabulary } = await readUseLiteFiles(dir);
  const { InferenceSession, Tensor } = await import('onnxruntime-node');
  const session = await InferenceSession.create(model, {
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    graphOptimizationLevel: 'all',
  }).catch((cause: unknown) => {
    throw new AppErrorException('KNOWLEDGE_EMBEDDER_MISSING', `${dir}: the model cannot be loaded`, {
      cause,
    });
  });
  const tokenizer = createUseLiteTokenizer(vocabulary);
  const { dimensions, maxTokens } = manifest;

  const encode = (text: string): number[] =>
    tokenizer.encode(calmCapitals(text.slice(0, MAX_CHARACTERS))).slice(0, maxTokens);

  /** One array per output, row after row. */
  const runBatch = async (
    batch: readonly (readonly number[])[],
    outputs: readonly string[],
  ): Promise<Float32Array[]> => {
    const width = Math.max(...batch.map((ids) => ids.length));
    const ids = new BigInt64Array(batch.length * width);
    const mask = new Float32Array(batch.length * width);
    batch.forEach((row, r) => {
      row.forEach((id, c) => {
        ids[r * width + c] = BigInt(id);
        mask[r * width + c] = 1;
      });
    });
    const shape = [batch.length, width];
    const feeds = { ids: new Tensor('int64', ids, shape), mask: new Tensor('float32', mask, shape) };
    const result = await session.run(feeds, outputs);
    return outputs.map((name) => {
      const data = result[name]?.data;
      if (!(data instanceof Float32Array))
        throw new Error(`The embedder model has no output named "${name}".`);
      return data;
    });
  };

  /** The outputs side by side, one row per text. */
  const run = async (
    texts: readonly string[],
    outputs: readonly string[],
    signal: AbortSignal | undefined,
  ): Promise<Float32Array[]> => {
    throwIfCancelled(signal);
    const rows = texts.map(() => new Float32Array(outputs.length * dimensions));
    const encoded = texts
      .map((text, index) => ({ index, ids: encode(text) }))
      .filter(({ ids }) => ids.length > 0);
    for (const batch of tokenBatches(encoded, TOKENS_A_RUN)) {
      const parts = await runBatch(
        batch.map(({ ids }) => ids),
        outputs,
      );
      throwIfCancelled(signal);
      batch.forEach(({ index }, r) => {
        parts.forEach((data, part) =>
          rows[index]?.set(data.subarray(r * dimensions, (r + 1) * dimensions), part * dimensions),
        );
      });
    }
    return rows;
  };

  return {
    id: manifest.id,
    dimensions,
    maxTokens,
    countTokens: (text) => tokenizer.encode(calmCapitals(text)).length,
    embed: (texts, signal) => run(texts, ['embedding'], signal),
    // A folder built before the second output came has none.
    ...(session.outputNames.includes('pooled') && {
      embedDeep: (texts, signal) => run(texts, ['embedding', 'pooled'], signal),
    }),
    close: () => session.release(),
  };
}

function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new AppErrorException('SUGGESTION_CANCELLED');
}

/** Lower-cases a text whose letters are mostly capitals, leaves every other text alone. */
function calmCapitals(text: string): string {
  let upper = 0;
  let letters = 0;
  for (const character of text) {
    const lower = character.toLowerCase();
    if (lower === character.toUpperCase()) continue;
    letters++;
    if (character !== lower) upper++;
  }
  return letters >= MIN_LETTERS_TO_JUDGE_CASE && upper > letters * 0.6 ? text.toLowerCase() : text;
}
