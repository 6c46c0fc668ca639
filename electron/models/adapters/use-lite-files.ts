import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { z } from 'zod';

import { AppErrorException } from '../../../shared/errors/app-error.js';
import type { VocabularyPiece } from './use-lite-tokenizer.js';

/** What `embedder.json` says about the files beside it; the model is `<id>.onnx`. */
const Manifest = z.object({
  id: z.string().min(1),
  dimensions: z.int().positive(),
  maxTokens: z.int().positive(),
  /** Hex SHA-256 of each file, by name. */
  sha256: z.record(z.string(), z.string().regex(/^[0-9a-f]{64}$/)),
});
type Manifest = z.infer<typeof Manifest>;

/** Seven pieces made of colons were published without a score; the published tokenizer counts that as 0. */
const Score = z
  .number()
  .nullable()
  .transform((score) => score ?? 0);
const Vocabulary = z.array(z.tuple([z.string(), Score])).min(1);

/** Tells a folder of the bundled encoder from one of any other model. */
export const USE_LITE_MANIFEST = 'embedder.json';
const VOCABULARY_FILE = 'vocab.json';

export interface UseLiteFiles {
  readonly manifest: Manifest;
  readonly model: Buffer;
  readonly vocabulary: readonly VocabularyPiece[];
}

/**
 * Reads the embedder's three files and compares them with their recorded hashes.
 * @throws AppErrorException KNOWLEDGE_EMBEDDER_MISSING when one is absent, unreadable or not what was built.
 */
export async function readUseLiteFiles(dir: string): Promise<UseLiteFiles> {
  try {
    const read = (name: string): Promise<Buffer> => readFile(path.join(dir, name));
    const manifest = Manifest.parse(JSON.parse((await read(USE_LITE_MANIFEST)).toString('utf8')));
    const modelFile = `${manifest.id}.onnx`;
    const [model, vocabularyJson] = await Promise.all([read(modelFile), read(VOCABULARY_FILE)]);
    verify(manifest, modelFile, model);
    verify(manifest, VOCABULARY_FILE, vocabularyJson);
    return { manifest, model, vocabulary: Vocabulary.parse(JSON.parse(vocabularyJson.toString('utf8'))) };
  } catch (cause) {
    throw new AppErrorException('KNOWLEDGE_EMBEDDER_MISSING', describe(cause, dir), { cause });
  }
}

function verify(manifest: Manifest, name: string, content: Buffer): void {
  const actual = createHash('sha256').update(content).digest('hex');
  if (manifest.sha256[name] !== actual) throw new Error(`${name} is damaged: its checksum does not match`);
}

function describe(cause: unknown, dir: string): string {
  if (cause instanceof z.ZodError || cause instanceof SyntaxError)
    return `a file in ${dir} is not in the expected form`;
  const message = cause instanceof Error ? cause.message : String(cause);
  return message.includes(dir) ? message : `${dir}: ${message}`;
}
