import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';

import { z } from 'zod';

import type { LearnedClassifier } from './classify-text.js';
import { createVocabulary, hashedNgrams } from './hashed-ngrams.js';
import type { KernelModel } from './kernel-model.js';
import { matrixOf, type Matrix } from './matrix.js';
import { createNgramIndex } from './ngram-index.js';
import { createScopeReference } from './scope-features.js';

/** Raise it when the content of the file changes its meaning. */
const FORMAT = 2;

const Numbers = z.array(z.number());
/** Little-endian 32-bit numbers in base64: a tenth of the size and parse time of JSON numbers. */
const Packed = z.base64();
const PackedMatrix = z.object({ rows: z.int().min(0), columns: z.int().min(0), data: Packed });
const Model = z.object({
  view: z.object({ dimensions: z.int().positive(), means: Packed, deviations: Packed, basis: PackedMatrix }),
  points: PackedMatrix,
  weights: PackedMatrix,
  buckets: Packed,
  bucketWeights: Packed,
});
const Content = z.object({
  embedderId: z.string(),
  intents: z.array(z.object({ id: z.string(), name: z.string() })),
  model: Model.nullable(),
  labels: Numbers,
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
  return {
    embedderId: rest.embedderId,
    intents: [...rest.intents],
    model: model && packModel(model),
    labels: [...reference.labels],
    texts: [...rest.texts],
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
  const texts = content.labels.map((label, i) => ({ label, text: content.texts[i] ?? '' }));
  return {
    embedderId: content.embedderId,
    intents: content.intents,
    model: content.model && unpackModel(content.model, content),
    texts: content.texts,
    reference: createScopeReference(texts, intents),
    temperature: content.temperature,
    calibrator: content.calibrator,
  };
}

function packModel({ view, points, weights, vocabulary }: KernelModel): z.infer<typeof Model> {
  return {
    view: {
      dimensions: view.dimensions,
      means: pack(view.means),
      deviations: pack(view.deviations),
      basis: packMatrix(view.basis),
    },
    points: packMatrix(points),
    weights: packMatrix(weights),
    buckets: pack(vocabulary.buckets),
    bucketWeights: pack(vocabulary.weights),
  };
}

/** The n-grams of the examples are counted again: they take ten times the space of the examples. */
function unpackModel(packed: z.infer<typeof Model>, { intents, labels, texts }: Content): KernelModel {
  const { view } = packed;
  const vocabulary = createVocabulary(
    new Uint32Array(unpack(packed.buckets)),
    new Float32Array(unpack(packed.bucketWeights)),
  );
  return {
    intents: intents.length,
    labels: Int32Array.from(labels),
    view: {
      dimensions: view.dimensions,
      means: new Float32Array(unpack(view.means)),
      deviations: new Float32Array(unpack(view.deviations)),
      basis: unpackMatrix(view.basis),
    },
    points: unpackMatrix(packed.points),
    vocabulary,
    index: createNgramIndex(
      texts.map((text) => vocabulary.rowOf(hashedNgrams(text))),
      vocabulary.buckets.length,
    ),
    weights: unpackMatrix(packed.weights),
  };
}

function packMatrix({ rows, columns, data }: Matrix): z.infer<typeof PackedMatrix> {
  return { rows, columns, data: pack(data) };
}

function unpackMatrix({ rows, columns, data }: z.infer<typeof PackedMatrix>): Matrix {
  return matrixOf(rows, columns, new Float32Array(unpack(data)));
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
