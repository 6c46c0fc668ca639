import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';

import { z } from 'zod';

import type { LearnedClassifier } from './classify-text.js';
import { createVocabulary } from './hashed-ngrams.js';
import { createScopeReference } from './scope-features.js';
import type { LinearModel } from './softmax-regression.js';

/** Raise it when the content of the file changes its meaning. */
const FORMAT = 1;

const Numbers = z.array(z.number());
/** Little-endian 32-bit numbers in base64: a tenth of the size and parse time of JSON numbers. */
const Packed = z.base64();
const Linear = z.object({ weights: Packed, bias: Packed });
const Content = z.object({
  embedderId: z.string(),
  intents: z.array(z.object({ id: z.string(), name: z.string() })),
  dense: Linear,
  sparse: Linear,
  buckets: Packed,
  bucketWeights: Packed,
  labels: Numbers,
  vectors: Packed,
  texts: z.array(z.string()),
  temperature: z.number(),
  calibrator: z.object({ means: Numbers, deviations: Numbers, weights: Numbers, bias: z.number() }),
});
type Content = z.infer<typeof Content>;
const Envelope = z.object({
  format: z.literal(FORMAT),
  stamp: z.string(),
  sha256: z.string(),
  content: z.string(),
});

/** Writes beside, forces it to disk, renames. */
export async function writeLearnedClassifier(
  file: string,
  learned: LearnedClassifier,
  stamp: string,
): Promise<void> {
  const content = JSON.stringify(toContent(learned));
  const envelope = JSON.stringify({ format: FORMAT, stamp, sha256: hashOf(content), content });
  await mkdir(path.dirname(file), { recursive: true });
  const beside = `${file}.${randomUUID()}.tmp`;
  try {
    const handle = await open(beside, 'wx');
    try {
      await handle.writeFile(envelope);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(beside, file);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}

/** Null when the file is absent, unreadable, damaged, or carries another stamp: training again is always possible. */
export async function readLearnedClassifier(file: string, stamp: string): Promise<LearnedClassifier | null> {
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) return null;
  const envelope = Envelope.safeParse(parseJson(text));
  if (!envelope.success || envelope.data.stamp !== stamp) return null;
  if (hashOf(envelope.data.content) !== envelope.data.sha256) return null;
  const content = Content.safeParse(parseJson(envelope.data.content));
  return content.success ? fromContent(content.data) : null;
}

function toContent({ model, reference, ...rest }: LearnedClassifier): Content {
  const vectors = reference.texts.map(({ vector }) => vector);
  return {
    embedderId: rest.embedderId,
    intents: [...rest.intents],
    dense: { weights: pack(model.dense.weights), bias: pack(model.dense.bias) },
    sparse: { weights: pack(model.sparse.weights), bias: pack(model.sparse.bias) },
    buckets: pack(model.vocabulary.buckets),
    bucketWeights: pack(model.vocabulary.weights),
    labels: reference.texts.map(({ label }) => label),
    vectors: Buffer.concat(vectors.map(bytesOf)).toString('base64'),
    texts: reference.texts.map(({ text }) => text),
    temperature: rest.temperature,
    calibrator: {
      means: [...rest.calibrator.means],
      deviations: [...rest.calibrator.deviations],
      weights: [...rest.calibrator.weights],
      bias: rest.calibrator.bias,
    },
  };
}

function fromContent(content: Content): LearnedClassifier {
  const intents = content.intents.length;
  const linear = (packed: Content['dense']): LinearModel => ({
    classes: intents + 1,
    weights: new Float32Array(unpack(packed.weights)),
    bias: new Float32Array(unpack(packed.bias)),
  });
  const vectors = new Float32Array(unpack(content.vectors));
  const width = content.labels.length > 0 ? vectors.length / content.labels.length : 0;
  const texts = content.labels.map((label, i) => ({
    label,
    text: content.texts[i] ?? '',
    vector: vectors.subarray(i * width, (i + 1) * width),
  }));
  const vocabulary = createVocabulary(
    new Uint32Array(unpack(content.buckets)),
    new Float32Array(unpack(content.bucketWeights)),
  );
  return {
    embedderId: content.embedderId,
    intents: content.intents,
    model: { intents, dense: linear(content.dense), sparse: linear(content.sparse), vocabulary },
    reference: createScopeReference(texts, intents),
    temperature: content.temperature,
    calibrator: content.calibrator,
  };
}

function bytesOf(numbers: Float32Array | Uint32Array): Buffer {
  return Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength);
}

function pack(numbers: Float32Array | Uint32Array): string {
  return bytesOf(numbers).toString('base64');
}

/** A buffer of its own: a Buffer from the pool may start where no 32-bit number can. */
function unpack(packed: string): ArrayBuffer {
  return new Uint8Array(Buffer.from(packed, 'base64')).buffer;
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
