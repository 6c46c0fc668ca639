import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { open, readFile, stat } from 'node:fs/promises';
import path from 'node:path';

import { z } from 'zod';

import { AppErrorException } from '../../../shared/errors/app-error.js';
import { familyOf, type EmbedderFamily } from './embedder-families.js';
import type { Pooling } from './pooling.js';

/** Where exporters put the model; the first that is there is taken, the full form before the quantized one. */
const MODEL_FILES = [
  'model.onnx',
  'onnx/model.onnx',
  'model_quantized.onnx',
  'onnx/model_quantized.onnx',
] as const;

/** What a team may set beside the model where its own files say nothing or the wrong thing. */
const OWN_CONFIG = 'cuecard.json';
const OwnConfig = z.strictObject({
  pooling: z.enum(['mean', 'cls', 'last']).optional(),
  queryPrefix: z.string().optional(),
  passagePrefix: z.string().optional(),
  maxTokens: z.int().min(8).optional(),
});

/** The parts of the exporters' files that matter here; anything else in them is left alone. */
const ModelConfig = z.object({
  model_type: z.string().optional(),
  _name_or_path: z.string().optional(),
  max_position_embeddings: z.number().optional(),
});
const TokenizerConfig = z.looseObject({ model_max_length: z.number().optional() });
const SentenceConfig = z.object({ max_seq_length: z.number().nullish() });
const PoolingConfig = z.object({
  pooling_mode_cls_token: z.boolean().optional(),
  pooling_mode_mean_tokens: z.boolean().optional(),
  pooling_mode_lasttoken: z.boolean().optional(),
});
const Prompts = z.object({ prompts: z.record(z.string(), z.string()).optional() });

/** Chunks have about 80 words; a longer window costs time and memory and reads nothing more. */
const MOST_TOKENS = 512;

/** A folder with an ONNX model, read but for the model itself. */
export interface OnnxFolder {
  /** Name of the folder and a fingerprint of what is in it: another model behind the same path is another embedder. */
  readonly id: string;
  readonly modelFile: string;
  /** Contents of `tokenizer.json` and `tokenizer_config.json`. */
  readonly tokenizer: object;
  readonly tokenizerConfig: object;
  readonly pooling: Pooling;
  readonly queryPrefix: string;
  readonly passagePrefix: string;
  /** With the tokens a model puts around every text. */
  readonly maxTokens: number;
  /** True when a text's vector depends on its batch (8-bit activations), so that each must be run alone. */
  readonly isQuantized: boolean;
}

/**
 * Finds out how the model in a folder wants to be used: from `cuecard.json`, else from the files sentence-transformers
 * exports (`1_Pooling/config.json`, `config_sentence_transformers.json`, `sentence_bert_config.json`), else from the
 * family its name belongs to.
 * @throws AppErrorException EMBEDDER_FOLDER_UNUSABLE, with the file that is missing or wrong.
 */
export async function readOnnxFolder(dir: string): Promise<OnnxFolder> {
  const modelFile = MODEL_FILES.map((name) => path.join(dir, name)).find((file) => existsSync(file));
  if (!modelFile) throw unusable(dir, `none of ${MODEL_FILES.join(', ')} is there`);
  const read = <T>(name: string, shape: z.ZodType<T>): Promise<T | null> => readJson(dir, name, shape);
  const tokenizer = await read('tokenizer.json', z.looseObject({ model: z.looseObject({}) }));
  if (!tokenizer) throw unusable(dir, 'tokenizer.json is missing');
  const own = (await read(OWN_CONFIG, OwnConfig)) ?? {};
  const config = (await read('config.json', ModelConfig)) ?? {};
  const tokenizerConfig = (await read('tokenizer_config.json', TokenizerConfig)) ?? {};
  const sentence = await read('sentence_bert_config.json', SentenceConfig);
  const { prompts } = (await read('config_sentence_transformers.json', Prompts)) ?? {};
  const family = familyOf(`${path.basename(dir)} ${config._name_or_path ?? ''}`);
  const limits = [sentence?.max_seq_length, tokenizerConfig.model_max_length, positionsOf(config)];
  return {
    id: `${path.basename(dir)}-${await fingerprint(dir, modelFile, [tokenizer, tokenizerConfig, own, prompts])}`,
    modelFile,
    tokenizer,
    tokenizerConfig,
    pooling: own.pooling ?? poolingOf(await read('1_Pooling/config.json', PoolingConfig)) ?? family.pooling,
    ...prefixesOf(own, prompts, family),
    maxTokens: own.maxTokens ?? Math.min(MOST_TOKENS, ...limits.filter((limit) => typeof limit === 'number')),
    isQuantized: /quantized|int8|uint8/.test(path.basename(modelFile)),
  };
}

function prefixesOf(
  own: z.infer<typeof OwnConfig>,
  prompts: Readonly<Record<string, string>> | undefined,
  family: EmbedderFamily,
): Pick<OnnxFolder, 'queryPrefix' | 'passagePrefix'> {
  const said = prompts && Object.keys(prompts).length > 0 ? prompts : null;
  return {
    queryPrefix: own.queryPrefix ?? (said ? (said['query'] ?? '') : family.queryPrefix),
    passagePrefix:
      own.passagePrefix ?? (said ? (said['passage'] ?? said['document'] ?? '') : family.passagePrefix),
  };
}

function poolingOf(config: z.infer<typeof PoolingConfig> | null): Pooling | null {
  if (config?.pooling_mode_cls_token) return 'cls';
  if (config?.pooling_mode_lasttoken) return 'last';
  return config?.pooling_mode_mean_tokens ? 'mean' : null;
}

/** RoBERTa counts positions from two on, so two of its position embeddings stand for no token. */
function positionsOf({
  model_type: type,
  max_position_embeddings: positions,
}: z.infer<typeof ModelConfig>): number | undefined {
  return positions !== undefined && /roberta|camembert/.test(type ?? '') ? positions - 2 : positions;
}

async function readJson<T>(dir: string, name: string, shape: z.ZodType<T>): Promise<T | null> {
  const file = path.join(dir, name);
  if (!existsSync(file)) return null;
  try {
    return shape.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (cause) {
    const reason = cause instanceof z.ZodError ? z.prettifyError(cause) : 'it is not readable JSON';
    throw unusable(dir, `${name}: ${reason}`, cause);
  }
}

const SAMPLES = 64;
const SAMPLE_BYTES = 64 * 1024;

/** Size and samples from all over the model, whole small files: another training gives other bytes everywhere. */
async function fingerprint(dir: string, modelFile: string, small: readonly unknown[]): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify(small));
  for (const file of [modelFile, `${modelFile}_data`].filter((name) => existsSync(name))) {
    const { size } = await stat(file);
    hash.update(`${path.relative(dir, file)} ${String(size)}`);
    const handle = await open(file);
    const sample = Buffer.alloc(SAMPLE_BYTES);
    for (let i = 0; i < SAMPLES; i++) {
      const { bytesRead } = await handle.read(sample, 0, SAMPLE_BYTES, Math.floor((size / SAMPLES) * i));
      hash.update(sample.subarray(0, bytesRead));
    }
    await handle.close();
  }
  return hash.digest('hex').slice(0, 12);
}

export function unusable(dir: string, reason: string, cause?: unknown): AppErrorException {
  return new AppErrorException('EMBEDDER_FOLDER_UNUSABLE', `${dir}: ${reason}`, { cause });
}
