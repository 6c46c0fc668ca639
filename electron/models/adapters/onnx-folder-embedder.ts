import os from 'node:os';

import type { InferenceSession, Tensor } from 'onnxruntime-node';

import { AppErrorException } from '../../../shared/errors/app-error.js';
import type { Embedder } from '../embedder.js';
import { createFolderTokenizer, type FolderTokenizer } from './folder-tokenizer.js';
import { readOnnxFolder, unusable, type OnnxFolder } from './onnx-folder.js';
import { pool, toUnitLength } from './pooling.js';
import { tokenBatches } from './token-batches.js';

export interface OnnxFolderOptions {
  readonly dir: string;
  /** Cores one inference may use; all but one when left out, since these models are many times the bundled one. */
  readonly threads?: number;
}

/** These models are many times the bundled one, so that a run is little more than one passage. */
const TOKENS_A_RUN = 128;
const MOST_THREADS = 4;

/** Inputs a text encoder may ask for and what it gets; all are int64 of the batch's shape. */
const INPUTS = ['input_ids', 'attention_mask', 'token_type_ids', 'position_ids'] as const;
type InputName = (typeof INPUTS)[number];

/**
 * Any sentence embedding model exported to ONNX with a Hugging Face tokenizer: bge, e5, gte, MiniLM and their like.
 * Runs on the CPU; nothing is downloaded.
 * @throws AppErrorException EMBEDDER_FOLDER_UNUSABLE when files are missing, or the model is of another kind.
 */
export async function openOnnxFolderEmbedder({ dir, threads }: OnnxFolderOptions): Promise<Embedder> {
  const folder = await readOnnxFolder(dir);
  const tokenizer = openTokenizer(dir, folder);
  const onnx = await import('onnxruntime-node');
  const session = await onnx.InferenceSession.create(folder.modelFile, {
    intraOpNumThreads: threads ?? Math.max(1, Math.min(MOST_THREADS, os.availableParallelism() - 1)),
    interOpNumThreads: 1,
    graphOptimizationLevel: 'all',
  }).catch((cause: unknown) => {
    throw unusable(dir, 'the model cannot be loaded', cause);
  });
  const foreign = session.inputNames.filter((name) => !(INPUTS as readonly string[]).includes(name));
  if (foreign.length > 0) {
    await session.release();
    throw unusable(dir, `it wants ${foreign.join(', ')}, which no text encoder does`);
  }

  const runBatch = async (rows: readonly (readonly number[])[]): Promise<Float32Array[]> => {
    const width = Math.max(...rows.map((ids) => ids.length));
    const shape = [rows.length, width];
    const inputs = new Map<InputName, BigInt64Array>(
      INPUTS.map((name) => [name, new BigInt64Array(rows.length * width)]),
    );
    inputs.get('input_ids')?.fill(BigInt(tokenizer.padId));
    rows.forEach((ids, row) => {
      ids.forEach((id, position) => {
        const at = row * width + position;
        inputs.get('input_ids')?.set([BigInt(id)], at);
        inputs.get('attention_mask')?.set([1n], at);
        inputs.get('position_ids')?.set([BigInt(position)], at);
      });
    });
    const feeds = Object.fromEntries(
      session.inputNames.map((name) => [
        name,
        new onnx.Tensor('int64', inputs.get(name as InputName) ?? new BigInt64Array(), shape),
      ]),
    );
    const output = chooseOutput(await session.run(feeds), session);
    const { data, dims } = output ?? {};
    const dimensions = dims?.at(-1) ?? 0;
    if (!(data instanceof Float32Array) || !dims || dimensions === 0)
      throw unusable(dir, 'its output is not 32-bit floats by token or by text');
    if (dims.length === 2)
      return rows.map((_, row) => toUnitLength(data.slice(row * dimensions, (row + 1) * dimensions)));
    return rows.map((ids, row) => pool({ data, width, dimensions }, row, ids.length, folder.pooling));
  };

  const [probe] = await runBatch([tokenizer.encode('a', folder.maxTokens)]);
  const dimensions = probe?.length ?? 0;

  return {
    id: folder.id,
    dimensions,
    maxTokens: folder.maxTokens,
    countTokens: tokenizer.count,
    async embed(texts, signal, role = 'query') {
      throwIfCancelled(signal);
      const prefix = role === 'query' ? folder.queryPrefix : folder.passagePrefix;
      const rows = texts.map(() => new Float32Array(dimensions));
      const encoded = texts
        .map((text, index) => ({
          index,
          ids: text.trim() === '' ? [] : tokenizer.encode(prefix + text, folder.maxTokens),
        }))
        .filter(({ ids }) => ids.length > 0);
      for (const batch of tokenBatches(encoded, folder.isQuantized ? 0 : TOKENS_A_RUN)) {
        const vectors = await runBatch(batch.map(({ ids }) => ids));
        throwIfCancelled(signal);
        batch.forEach(({ index }, i) => rows[index]?.set(vectors[i] ?? []));
      }
      return rows;
    },
    close: () => session.release(),
  };
}

function openTokenizer(dir: string, { tokenizer, tokenizerConfig }: OnnxFolder): FolderTokenizer {
  try {
    return createFolderTokenizer(tokenizer, tokenizerConfig);
  } catch (cause) {
    throw unusable(dir, 'tokenizer.json is of a kind that is not known', cause);
  }
}

/** A ready vector of the text where the model gives one, else the vectors of its tokens. */
function chooseOutput(
  results: InferenceSession.OnnxValueMapType,
  session: InferenceSession,
): Tensor | undefined {
  const named = ['sentence_embedding', 'last_hidden_state', 'token_embeddings'].find(
    (name) => name in results,
  );
  return results[named ?? session.outputNames[0] ?? ''];
}

function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new AppErrorException('SUGGESTION_CANCELLED');
}
