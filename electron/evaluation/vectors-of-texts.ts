import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';

import { z } from 'zod';

import { AppErrorException } from '../../shared/errors/app-error.js';
import type { Embedder } from '../models/embedder.js';
import { generateArticles } from './generated-articles.js';

export interface VectorsOfTexts {
  readonly dimensions: number;
  /** One row per chunk. */
  readonly vectors: Float32Array;
  readonly queries: readonly Float32Array[];
}

export interface MakeVectors {
  readonly chunks: number;
  readonly queries: number;
  readonly embedder: Embedder;
  /** JSONL with a field `text` a line; null generates articles from the demo team's. */
  readonly corpus: string | null;
  readonly demoDir: string;
  readonly cacheDir: string | null;
  readonly onProgress: (done: number, total: number) => void;
}

const SEED = 1;
const BATCH_SIZE = 256;
/** As long as an entry of questions and answers; a longer text lies no nearer to others and takes longer to embed. */
const MOST_WORDS = 25;
const Line = z.object({ text: z.string() });

/**
 * Vectors of real-looking texts and of questions that are sentences of other such texts: vectors of random numbers have no neighbours to
 * find, so that a bench on them says nothing.
 * @throws AppErrorException EVALUATION_DATA_INVALID when the corpus holds fewer texts than asked for.
 */
export async function makeVectors(options: MakeVectors): Promise<VectorsOfTexts> {
  const { chunks, queries, embedder, corpus, cacheDir } = options;
  const { dimensions } = embedder;
  const total = chunks + queries;
  const key = createHash('sha256')
    .update(JSON.stringify([embedder.id, corpus, total, SEED]))
    .digest('hex');
  const file = cacheDir ? path.join(cacheDir, `vectors-${key.slice(0, 16)}.f32`) : null;
  const cached = file ? await readFile(file).catch(() => null) : null;
  const all = cached
    ? new Float32Array(Uint8Array.from(cached).buffer)
    : await embedAll(corpus ? textsOf(corpus) : generatedTexts(options.demoDir), total, options);
  if (file && !cached) {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, Buffer.from(all.buffer));
  }
  return {
    dimensions,
    vectors: all.subarray(0, chunks * dimensions),
    queries: Array.from({ length: queries }, (_, i) =>
      all.subarray((chunks + i) * dimensions, (chunks + i + 1) * dimensions),
    ),
  };
}

async function embedAll(
  texts: AsyncIterable<string> | Iterable<string>,
  total: number,
  { chunks, embedder, corpus, onProgress }: MakeVectors,
): Promise<Float32Array> {
  const { dimensions } = embedder;
  const all = new Float32Array(total * dimensions);
  let done = 0;
  let batch: string[] = [];
  const flush = async (): Promise<void> => {
    // The last texts stand for questions, which are one sentence.
    const said = batch.map((text, i) => (done + i < chunks ? text : firstSentence(text)));
    for (const vector of await embedder.embed(said, undefined, 'passage'))
      all.set(vector, done++ * dimensions);
    batch = [];
    onProgress(done, total);
  };
  for await (const text of texts) {
    batch.push(text);
    if (batch.length === BATCH_SIZE || done + batch.length === total) await flush();
    if (done === total) return all;
  }
  throw new AppErrorException(
    'EVALUATION_DATA_INVALID',
    `${corpus ?? ''} holds fewer than ${String(total)} texts`,
  );
}

const firstSentence = (text: string): string => /[^.!?]{20,}[.!?]/.exec(text)?.[0] ?? text;

/** The sections of endless articles, each with its title before it as passages are embedded. */
function* generatedTexts(demoDir: string): Generator<string> {
  for (const { title, markdown } of generateArticles(demoDir, SEED)) {
    for (const section of markdown.split(/^## /m).filter((text) => text.trim() !== ''))
      yield `${title}. ${section.replace(/\n+/g, '. ')}`.split(' ').slice(0, MOST_WORDS).join(' ');
  }
}

async function* textsOf(file: string): AsyncGenerator<string> {
  for await (const line of createInterface({ input: createReadStream(file) }))
    if (line.trim() !== '') yield Line.parse(JSON.parse(line)).text;
}
